"""What was written for an earlier release is read in today's form, or refused where it says its form."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.document import upgrades
from campaigns.document.checks import read
from campaigns.document.schema import CampaignDocument
from campaigns.document.upgrades import CURRENT, FIRST, UPGRADES, of_file, of_version
from common.datafile.writing import canonical, to_yaml
from config.environment import ROOT
from tests.factories.campaigns import ALES_2022, ales_2022_document, nomenclature

KEPT = json.loads((ROOT / "tests/campaigns/notice/kept/ales-2022.json").read_text("utf-8"))
GRANTS = """\
  grants:
    fr: bourse de l’État ou du CROUS, justificatif à joindre
    en: CROUS or French state grant, with its proof
"""
TODAY = ALES_2022.read_text("utf-8")
BEFORE_RULES = TODAY.partition("\n# What the notice states and the product does not run")[0]
FIRST_FORM = BEFORE_RULES.replace(GRANTS, "").replace("schema: 3\n", "schema: 1\n")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["fees", "grants", "key", "tiers"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FILES = st.dictionaries(st.sampled_from(["fees", "campaign", "schools", "rules"]), ANYTHING)


def read_text(text: str):
    return read(text, {row.code for row in nomenclature()})


def as_first_said() -> CampaignDocument:
    stated = CampaignDocument.from_stored(KEPT).rules
    return ales_2022_document().model_copy(update={"rules": stated})


def test_there_is_one_step_from_each_form_to_the_next():
    assert sorted(UPGRADES) == list(range(FIRST, CURRENT))


def test_a_version_that_does_not_say_its_form_is_of_the_first():
    """What pages said of every campaign comes back in the words of the notice."""
    document = CampaignDocument.from_stored(KEPT)
    assert document.fees.grants == {
        "fr": "bourse de l’État ou du CROUS, justificatif à joindre",
        "en": "CROUS or French state grant, with its proof",
    }
    assert document.rules["fees-kept"].text["fr"] == (
        "Les frais ne sont pas remboursés, quel que soit le résultat."
    )
    assert as_far_as(KEPT, canonical(document)) == KEPT


def as_far_as(stored, written):
    """What is written of what was stored: a form to come may say more."""
    if isinstance(stored, dict):
        return {key: as_far_as(stored[key], written[key]) for key in stored}
    if isinstance(stored, list):
        return [as_far_as(*pair) for pair in zip(stored, written, strict=True)]
    return written


def test_a_version_says_its_form_and_is_read_as_it_is():
    stored = canonical(ales_2022_document())
    assert stored["schema"] == CURRENT
    assert of_version(stored) == stored


@pytest.mark.parametrize("number", range(FIRST, CURRENT))
@given(data=FILES)
def test_a_step_changes_nothing_that_it_is_given_and_takes_anything(number, data):
    before = deepcopy(data)
    assert isinstance(UPGRADES[number](data), dict)
    assert data == before


def test_steps_follow_each_other(monkeypatch):
    """With a form to come, in which the slug of a campaign is its code."""

    def name_the_slug(data):
        header = dict(data["campaign"])
        return {**data, "campaign": {"code": header.pop("slug"), **header}}

    monkeypatch.setattr(upgrades, "UPGRADES", {**UPGRADES, CURRENT: name_the_slug})
    monkeypatch.setattr(upgrades, "CURRENT", CURRENT + 1)
    read_later = of_version(KEPT)
    assert (read_later["schema"], read_later["campaign"]["code"]) == (CURRENT + 1, "ales-2022")
    assert read_later["fees"]["grants"]["en"] == "CROUS or French state grant, with its proof"
    assert of_version(read_later) == read_later
    assert of_file({**KEPT, "schema": 1}) == (read_later, [])


def test_a_file_of_an_earlier_form_says_what_it_said():
    """Of its rules, the one that pages said of every campaign."""
    assert read_text(FIRST_FORM) == (as_first_said(), [])


def test_a_file_that_does_not_say_its_form_is_in_the_form_of_today():
    assert read_text(TODAY.replace("schema: 3\n", "")) == (ales_2022_document(), [])


def test_an_old_file_that_does_not_say_its_form_loads_as_it_did():
    """Files that were written before there was a number go on loading."""
    assert read_text(FIRST_FORM.replace("schema: 1\n", "")) == (as_first_said(), [])


@pytest.mark.parametrize("number", range(FIRST, CURRENT))
def test_a_step_leaves_what_is_in_a_later_form(number):
    """A file that does not say its form goes through all of them."""
    own = {"fr": "bourse de la région", "en": "grant of the region"}
    stored = canonical(ales_2022_document())
    stored["fees"]["grants"] = own
    stored["rules"] = stored["rules"][1:2]
    assert UPGRADES[number](stored) == stored


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("4", "4 is of a later release, expected a number from 1 to 3"),
        ("0", "0 is no form of the file, expected a number from 1 to 3"),
        ("true", "True is no form of the file, expected a number from 1 to 3"),
        ('"2"', "'2' is no form of the file, expected a number from 1 to 3"),
        ("[2]", "[2] is no form of the file, expected a number from 1 to 3"),
        ("", "None is no form of the file, expected a number from 1 to 3"),
    ],
)
def test_a_form_that_is_not_known_is_said_alone_at_its_line(form, said):
    text = TODAY.replace("schema: 3", f"schema: {form}").replace("  slug: ", "  slog: ")
    document, [(line, message)] = read_text(text)
    assert document is None
    assert text.splitlines()[line - 1].startswith("schema:")
    assert message == said


def test_an_export_says_its_form_first():
    text = to_yaml(ales_2022_document())
    assert text.startswith(f"schema: {CURRENT}\ncampaign:\n")
    assert read_text(text) == (ales_2022_document(), [])
