"""The nomenclature holds what docs/listed-diplomas.md §6 needs."""

from collections import Counter
from datetime import date

import pytest

from campaigns.notice.selectors import nomenclature
from tests.campaigns import cases
from tests.factories.campaigns import load_nomenclature
from tests.factories.campaigns import nomenclature as rows

pytestmark = pytest.mark.servers

BY_CODE = {row.code: row for row in rows()}


def test_kinds():
    assert Counter(row.kind.value for row in rows()) == {
        "BTS": 32,
        "DUT": 10,
        "BUT": 10,
        "CPGE": 10,
    }


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("BTS-FED", ["BTS-FED-A", "BTS-FED-B", "BTS-FED-C"]),
        ("BTS-SIO", ["BTS-SIO-A", "BTS-SIO-B"]),
        ("BTS-SN", ["BTS-SN-A", "BTS-SN-B"]),
        ("BTS-CIEL", ["BTS-CIEL-A", "BTS-CIEL-B"]),
        ("BTS-MS", ["BTS-MS-A", "BTS-MS-B", "BTS-MS-C", "BTS-MS-D"]),
    ],
)
def test_options(code, options):
    found = [row for row in rows() if row.option_of == code]
    assert [row.code for row in found] == options
    assert all(row.title == BY_CODE[code].title and row.option for row in found)


@pytest.mark.parametrize(
    ("code", "replaced"),
    [
        ("BTS-FED", ("BTS-FEE", "BTS-DOMO")),
        ("BTS-EBCR", ("BTS-EB",)),
        ("BTS-CIEL-A", ("BTS-SN-A",)),
        ("BTS-CIEL-B", ("BTS-SN-B",)),
        ("BTS-CRSA", ("BTS-MAI",)),
        ("BTS-MS", ("BTS-MI",)),
        ("BUT-MT2E", ("DUT-GTE",)),
        *(
            (f"BUT-{name}", (f"DUT-{name}",))
            for name in ("GCCD", "INFO", "RT", "GEII", "MMI", "GMP", "GIM", "MP", "SGM")
        ),
    ],
)
def test_successions(code, replaced):
    """R-ELI-2."""
    assert BY_CODE[code].replaces == replaced


@pytest.mark.parametrize(
    ("code", "since"),
    [
        ("BTS-FED", date(2014, 2, 26)),
        ("BTS-BAT", date(2011, 6, 23)),
        ("BTS-SCBH", date(2014, 2, 10)),
        ("BTS-SIO", date(2011, 4, 26)),
        ("BTS-CIEL-A", date(2023, 1, 25)),
        ("BTS-ATI", date(1998, 7, 30)),
        ("BTS-AERO", date(2009, 4, 9)),
        ("BTS-ELT", date(2020, 3, 17)),
        ("BUT-GEII", date(2021, 9, 1)),
        ("BTS-CPI", None),
        ("DUT-GEII", None),
    ],
)
def test_validity_only_where_an_official_text_was_read(code, since):
    assert BY_CODE[code].valid_from == since


@pytest.mark.parametrize(
    ("kind", "level", "ects"),
    [("BTS", 5, 120), ("DUT", 5, 120), ("BUT", 6, 180), ("CPGE", None, 120)],
)
def test_level_and_credits(kind, level, ects):
    found = {
        (row.level, row.ects) for row in rows() if row.kind.value == kind and row.code != "CPGE-ATS"
    }
    assert found == {(level, ects)}


def test_the_ats_class_gives_no_credits_of_its_own():
    assert (BY_CODE["CPGE-ATS"].level, BY_CODE["CPGE-ATS"].ects) == (None, None)


def test_every_title_is_in_both_languages():
    assert [row.code for row in rows() if not (row.title["fr"] and row.title.get("en"))] == []


@pytest.mark.django_db
def test_the_loaded_nomenclature_is_the_file():
    """What rules get from the database is what the file says."""
    load_nomenclature()
    assert nomenclature() == cases.nomenclature()
