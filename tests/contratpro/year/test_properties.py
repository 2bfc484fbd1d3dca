"""What holds of any year's file that is accepted."""

from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from common.datafile.reading import parse
from common.datafile.writing import canonical, digest, to_yaml
from common.journal import SYSTEM
from contratpro.models import ContractYear
from contratpro.year.document.checks import check, read
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now
from contratpro.year.services import load_contract_year
from tests.factories.contratpro import ALES_2025, LOADED
from tests.properties import tries

FILE = parse(ALES_2025.read_text("utf-8")).data
SLOW = tries(5, suppress_health_check=list(HealthCheck))
WORDS = st.text(st.characters(categories=("L", "N", "P"), max_codepoint=0x24F), min_size=1)
CHANGES = st.fixed_dictionaries(
    {
        "title": WORDS,
        "s9": st.integers(min_value=0, max_value=480),
        "cents": st.integers(min_value=0, max_value=800_000),
        "conduct": st.integers(min_value=1, max_value=98),
        "tutor": st.integers(min_value=1, max_value=100),
        "days": st.integers(min_value=-366, max_value=-14),
        "scales": st.lists(st.sampled_from([[0, 1], [0, 1, 2]]), min_size=16, max_size=16),
        "order": st.permutations(list(FILE["conditions"])),
    }
)


def changed(change: dict) -> YearDocument:
    """The file of 2025 with other figures, which still agree."""
    data = deepcopy(FILE)
    data["year"]["title"] = {"fr": change["title"]}
    semesters = data["curriculum"]["semesters"]
    semesters["s9"]["hours"], semesters["s10"]["hours"] = change["s9"], 480 - change["s9"]
    first, last = data["cost"]["invoices"].values()
    first["amount"], last["amount"] = euros(change["cents"]), euros(800_000 - change["cents"])
    company = min(change["tutor"], 99 - change["conduct"])
    shares = (change["conduct"], company, 100 - change["conduct"] - company)
    names = ("conduct", "company_tutor", "school_tutor")
    data["marks"]["project"]["coefficients"] = {
        name: share / 100 for name, share in zip(names, shares, strict=True)
    }
    data["dates"]["paperwork"]["relative"]["days"] = change["days"]
    marked = [step for step in data["steps"].values() if "scale" in step]
    for step, points in zip(marked, change["scales"], strict=True):
        step["scale"]["points"] = points
    data["conditions"] = {key: data["conditions"][key] for key in change["order"]}
    document = YearDocument.model_validate(data)
    assert list(check(document, data)) == []
    return document


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


@given(change=CHANGES)
def test_a_version_says_the_same_when_read_again(change):
    made = changed(change)
    stored = canonical(made)
    again = YearDocument.model_validate(stored)
    assert again == made
    assert list(again.conditions) == change["order"]
    assert digest(canonical(again)) == digest(stored)


@given(change=CHANGES, department=st.sampled_from(list(FILE["departments"])))
def test_a_distance_is_counted_in_calendar_days(change, department):
    """R-PRO-5"""
    made = changed(change)
    first = date(2025, 9, 1)
    assert made.day("paperwork", department) == first + timedelta(days=change["days"])
    assert made.is_assumed("paperwork", department)


@SLOW
@given(change=CHANGES)
def test_what_is_written_reads_the_same(change):
    made = changed(change)
    assert read(to_yaml(made)) == (made, [])


@pytest.mark.django_db
@SLOW
@given(change=CHANGES)
def test_what_is_loaded_is_exported_equal_and_loading_it_again_changes_nothing(change):
    made = changed(change)
    load_contract_year(document=made, actor=SYSTEM, now=LOADED)
    assert year_now(ContractYear.objects.get()) == made
    assert not load_contract_year(document=made, actor=SYSTEM, now=LOADED).changed
