"""A campaign moved in time: the demonstration plays a past notice around today."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from campaigns.document.schema import CampaignDocument
from campaigns.document.values import Text

When = TypeVar("When", date, datetime)


def shift(document: CampaignDocument, *, weeks: int, slug: str, session: int, suffix: Text) -> CampaignDocument:
    """The same notice `weeks` later, on the same days of the week and at the same hours."""
    by = timedelta(weeks=weeks)
    header = document.campaign
    title: Text = {"fr": f"{header.title['fr']} {suffix['fr']}"}
    if "en" in header.title:
        title["en"] = f"{header.title['en']} {suffix.get('en', suffix['fr'])}"
    first, last = header.academic_year
    moved = {"slug": slug, "session": session, "title": title, "academic_year": (first + by, last + by)}
    calendar = {
        key: part.model_copy(update={name: _moved(getattr(part, name), by) for name in ("on", "since", "until")})
        for key, part in document.calendar.items()
    }
    return document.model_copy(update={"campaign": header.model_copy(update=moved), "calendar": calendar})


def _moved(moment: When | None, by: timedelta) -> When | None:
    return moment + by if moment else None
