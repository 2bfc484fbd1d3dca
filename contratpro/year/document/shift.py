"""A year of contrat pro moved in time: the demonstration plays one around today."""

from datetime import timedelta
from typing import TypeVar

from common.datafile.curriculum import Semester
from common.datafile.values import Text
from contratpro.year.document.schema import (
    FIRST_DAY,
    Calendar,
    Invoice,
    Period,
    YearDate,
    YearDocument,
)

Part = TypeVar("Part", Period, Semester)


def shift_year(document: YearDocument, *, weeks: int, slug: str, suffix: Text) -> YearDocument:
    """The same year `weeks` later, on the same days of the week; it begins in the year of its new first day."""
    by = timedelta(weeks=weeks)
    first = document.dates[FIRST_DAY].on
    assert first, "a checked year gives its first day"
    header = document.year
    title: Text = {"fr": f"{header.title['fr']} {suffix['fr']}"}
    if "en" in header.title:
        title["en"] = f"{header.title['en']} {suffix.get('en', suffix['fr'])}"
    moved = {"slug": slug, "title": title, "begins_in": (first + by).year}
    semesters = {key: _between(one, by) for key, one in document.curriculum.semesters.items()}
    invoices = {key: _billed(one, by) for key, one in document.cost.invoices.items()}
    return document.model_copy(
        update={
            "year": header.model_copy(update=moved),
            "dates": {key: _given(one, by) for key, one in document.dates.items()},
            "calendars": {key: _calendar(one, by) for key, one in document.calendars.items()},
            "curriculum": document.curriculum.model_copy(update={"semesters": semesters}),
            "cost": document.cost.model_copy(update={"invoices": invoices}),
        }
    )


def _given(date: YearDate, by: timedelta) -> YearDate:
    """A day that is counted from another moves with it."""
    return date.model_copy(update={"on": date.on + by}) if date.on else date


def _calendar(calendar: Calendar, by: timedelta) -> Calendar:
    periods = tuple(_between(period, by) for period in calendar.periods)
    return calendar.model_copy(update={"periods": periods})


def _between(part: Part, by: timedelta) -> Part:
    return part.model_copy(
        update={
            "since": part.since + by if part.since else None,
            "until": part.until + by if part.until else None,
        }
    )


def _billed(invoice: Invoice, by: timedelta) -> Invoice:
    """A month is kept as its first day."""
    return invoice.model_copy(update={"month": (invoice.month + by).replace(day=1)})
