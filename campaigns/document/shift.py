"""A campaign moved in time: the demonstration plays a past notice around today."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from campaigns.document.schema import CampaignDocument, Milestone
from campaigns.vocabulary import MilestoneStatus
from common.datafile.values import Text

When = TypeVar("When", date, datetime)


def shift(document: CampaignDocument, *, weeks: int, slug: str, suffix: Text) -> CampaignDocument:
    """The same notice `weeks` later, on the same days of the week and at the same hours.

    Its academic year begins so much later too, and ends on its own day of summer that comes next. What its rules and
    tests say of the year of the session, they say of that of the new one.
    """
    by = timedelta(weeks=weeks)
    header = document.campaign
    title: Text = {"fr": f"{header.title['fr']} {suffix['fr']}"}
    if "en" in header.title:
        title["en"] = f"{header.title['en']} {suffix.get('en', suffix['fr'])}"
    first, last = header.academic_year
    years = _years_to(last + by, last)
    academic_year = (first + by, _same_day(last, years))
    moved = {
        "slug": slug,
        "session": header.session + years,
        "title": title,
        "academic_year": academic_year,
    }
    calendar = {key: _later(part, by) for key, part in document.calendar.items()}
    words = {
        name: {
            key: part.model_validate(
                _of_session(part.model_dump(by_alias=True), header.session, years)
            )
            for key, part in getattr(document, name).items()
        }
        for name in ("rules", "selections")
    }
    return document.model_copy(
        update={"campaign": header.model_copy(update=moved), "calendar": calendar, **words}
    )


def _of_session(part: Any, session: int, years: int) -> Any:
    """The same part, where each text names the new session's year for the old one's."""
    if isinstance(part, dict):
        return {key: _of_session(value, session, years) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return type(part)(_of_session(value, session, years) for value in part)
    return part.replace(str(session), str(session + years)) if type(part) is str else part


def _later(part: Milestone, by: timedelta) -> Milestone:
    """Words about a month are left behind: its days may move yet."""
    moved = {name: _moved(getattr(part, name), by) for name in ("on", "since", "until")}
    status = part.status
    if part.about and status is MilestoneStatus.FIRM:
        status = MilestoneStatus.PROVISIONAL
    return part.model_copy(update={**moved, "about": None, "status": status})


def _years_to(day: date, last: date) -> int:
    """How many years after `last` its day of the year comes next, from `day` on."""
    years = day.year - last.year
    return years if day <= _same_day(last, years) else years + 1


def _same_day(day: date, years: int) -> date:
    length = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, length))


def _moved(moment: When | None, by: timedelta) -> When | None:
    return moment + by if moment else None
