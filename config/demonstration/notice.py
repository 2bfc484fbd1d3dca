"""The notice of the demonstration: that of a real session, moved by whole weeks so that one can apply now."""

from datetime import date, datetime, timedelta

from campaigns.document.schema import CampaignDocument, Milestone
from campaigns.document.values import Text

SOURCE, SLUG = "ales-2022", "ales-demo"
DAYS_LEFT = 10  # at least, before the deadline; at most a week more
CONTACT = {"email": "apprentissage@example.org", "phone": "+33 4 65 71 00 00"}  # neither can be reached


def demonstration_notice(source: CampaignDocument, now: datetime) -> CampaignDocument:
    by = shift_for(source.last_second, now)
    first, last = (day + by for day in source.campaign.academic_year)
    year = (date_label(*source.campaign.academic_year), date_label(first, last))
    header = source.campaign.model_copy(
        update={
            "slug": SLUG,
            "title": {
                "fr": "Démonstration : formations d’ingénieur par apprentissage",
                "en": "Demonstration: engineering degrees by apprenticeship",
            },
            "session": (source.last_second + by).year,
            "academic_year": (first, last),
            "contact": source.campaign.contact.model_copy(update=CONTACT),
        }
    )
    asked = {
        key: part.model_copy(update={"title": _renamed(part.title, *year)}) for key, part in source.documents.items()
    }
    calendar = {key: _moved(milestone, by) for key, milestone in source.calendar.items()}
    return source.model_copy(update={"campaign": header, "calendar": calendar, "documents": asked})


def shift_for(deadline: datetime, now: datetime) -> timedelta:
    """Whole weeks, so that every day keeps its name."""
    days = (now.date() + timedelta(days=DAYS_LEFT) - deadline.date()).days
    return timedelta(weeks=-(-days // 7))


def date_label(first: date, last: date) -> str:
    return f"{first.year}-{last.year}"


def _moved(milestone: Milestone, by: timedelta) -> Milestone:
    ends = {name: getattr(milestone, name) for name in ("on", "since", "until")}
    return milestone.model_copy(update={name: moment + by for name, moment in ends.items() if moment})


def _renamed(title: Text, old: str, new: str) -> Text:
    """A title that names the academic year names the new one."""
    renamed: Text = {"fr": title["fr"].replace(old, new)}
    if "en" in title:
        renamed["en"] = title["en"].replace(old, new)
    return renamed
