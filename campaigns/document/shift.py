"""A campaign moved in time: the demonstration plays a past notice around today."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TypeVar

from campaigns.document.schema import CampaignDocument
from campaigns.document.values import Text

DAYS_OF_A_YEAR = 365.25
When = TypeVar("When", date, datetime)


def shift(document: CampaignDocument, *, weeks: int, slug: str, session: int, suffix: Text) -> CampaignDocument:
    """The same notice `weeks` later, on the same days of the week and at the same hours.

    Its academic year moves by whole years, the nearest: it ends in summer.
    """
    by = timedelta(weeks=weeks)
    header = document.campaign
    title: Text = {"fr": f"{header.title['fr']} {suffix['fr']}"}
    if "en" in header.title:
        title["en"] = f"{header.title['en']} {suffix.get('en', suffix['fr'])}"
    years = tuple(_same_day(day, years_in(weeks)) for day in header.academic_year)
    moved = {"slug": slug, "session": session, "title": title, "academic_year": years}
    calendar = {
        key: part.model_copy(update={name: _moved(getattr(part, name), by) for name in ("on", "since", "until")})
        for key, part in document.calendar.items()
    }
    return document.model_copy(update={"campaign": header.model_copy(update=moved), "calendar": calendar})


def years_in(weeks: int) -> int:
    """The nearest number of whole years."""
    return round(weeks * 7 / DAYS_OF_A_YEAR)


def _same_day(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def _moved(moment: When | None, by: timedelta) -> When | None:
    return moment + by if moment else None
