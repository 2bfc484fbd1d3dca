"""A year moved in time says the same on other days, and is a good file still."""

from datetime import date

import pytest

from common.datafile.writing import to_yaml
from contratpro.year.document.checks import read
from contratpro.year.document.schema import YearDocument
from contratpro.year.document.shift import shift_year
from tests.factories.contratpro import ales_2025_document

SUFFIX = {"fr": "(copie)", "en": "(copy)"}
A_YEAR_LATER = 52


def moved(weeks: int) -> YearDocument:
    return shift_year(ales_2025_document(), weeks=weeks, slug="copy", suffix=SUFFIX)


def test_every_day_moves_by_whole_weeks():
    """R-PRO-1: the first day and the periods stay on their days of the week."""
    copy = moved(A_YEAR_LATER)
    assert (copy.year.slug, copy.year.begins_in) == ("copy", 2026)
    assert copy.year.title == {
        "fr": "Contrats de professionnalisation 2025-2026 (copie)",
        "en": "Professionalisation contracts 2025-2026 (copy)",
    }
    days = {key: copy.day(key, "GCBD") for key in copy.dates}
    assert days == {
        "first-day": date(2026, 8, 31),
        "last-day": date(2027, 8, 29),
        "paperwork": date(2026, 8, 17),
        "before-first-day": date(2026, 8, 30),
        "christmas": date(2026, 12, 18),
        "s9-end": date(2026, 12, 30),
        "pfe-start": date(2027, 3, 8),
        "booklet-back": date(2027, 3, 5),
    }
    assert copy.curriculum.semesters["s10"].since == date(2026, 12, 31)
    periods = copy.calendars["gcbd"].periods
    assert [(period.since, period.until) for period in periods] == [
        (None, None),
        (date(2027, 3, 1), date(2027, 3, 5)),
        (date(2027, 3, 8), date(2027, 8, 29)),
    ]
    assert {key: one.month for key, one in copy.cost.invoices.items()} == {
        "s9": date(2026, 12, 1),
        "balance": date(2027, 7, 1),
    }


@pytest.mark.parametrize("weeks", [-300, -1, 0, 13, 17, 18, 35, 600])
def test_the_copy_is_a_good_file(weeks):
    text = to_yaml(moved(weeks))
    assert read(text) == (moved(weeks), [])


def test_the_rest_is_the_same():
    source, copy = ales_2025_document(), moved(13)
    days = ("year", "dates", "calendars", "curriculum", "cost")
    parts = set(YearDocument.model_fields) - set(days)
    assert {name: getattr(copy, name) for name in parts} == {
        name: getattr(source, name) for name in parts
    }
    assert {key: one.title for key, one in copy.dates.items()} == {
        key: one.title for key, one in source.dates.items()
    }
