"""The years of contrat pro that are played: that of a real guide, moved so that one begins and another ends these days.

Of the one that begins the first day is confirmed; of the one that ends, every day.
"""

import re
from datetime import datetime, timedelta

from common.datafile.values import Text
from contratpro.vocabulary import DateStatus
from contratpro.year.document.schema import FIRST_DAY, YearContact, YearDocument
from contratpro.year.document.shift import shift_year
from demonstration.scene import SUFFIX
from rehearsal.people.someone import phone
from rehearsal.year.stage import confirmed, first_day

YEAR_SOURCE, YEAR_SLUG, FORMER_SLUG = "ales-2025", "ales-cp-demo", "ales-cp-demo-avant"
A_YEAR = 52  # weeks
DAYS_TO_FIRST = 4  # at least, before the first day; at most a week more, so that its papers are due


def demonstration_year(source: YearDocument, now: datetime) -> YearDocument:
    """That year some weeks later or earlier, with nobody real to write to and its first day given."""
    moved = _moved(source, _weeks(source, now), YEAR_SLUG)
    given = moved.dates[FIRST_DAY].model_copy(update={"status": DateStatus.FIRM})
    return moved.model_copy(update={"dates": {**moved.dates, FIRST_DAY: given}})


def former_year(source: YearDocument, now: datetime) -> YearDocument:
    """The year before that one: its last day is the eve of the first day of that one."""
    return confirmed(_moved(source, _weeks(source, now) - A_YEAR, FORMER_SLUG))


def _weeks(source: YearDocument, now: datetime) -> int:
    earliest = now.astimezone(source.zone).date() + timedelta(days=DAYS_TO_FIRST)
    return -(-(earliest - first_day(source)).days // 7)


def _moved(source: YearDocument, weeks: int, slug: str) -> YearDocument:
    moved = shift_year(source, weeks=weeks, slug=slug, suffix=SUFFIX)
    header = moved.year.model_copy(
        update={
            "title": _renamed(moved.year.title, first_day(source).year, first_day(moved).year),
            "contact": _unreal(moved.year.contact),
        }
    )
    return moved.model_copy(update={"year": header})


def _renamed(title: Text, was: int, begins_in: int) -> Text:
    said = {language: str(words) for language, words in title.items()}
    years = f"{begins_in}-{begins_in + 1}"
    renamed: Text = {"fr": said["fr"].replace(f"{was}-{was + 1}", years)}
    if "en" in said:
        renamed["en"] = said["en"].replace(f"{was}-{was + 1}", years)
    return renamed


def _unreal(contact: YearContact) -> YearContact:
    """Neither its address nor its telephones can be reached."""
    phones = tuple(
        one.model_copy(update={"phone": _spaced(phone(str(one.post["fr"])))})
        for one in contact.phones
    )
    return contact.model_copy(update={"email": "contrats-pro@example.org", "phones": phones})


def _spaced(number: str) -> str:
    """As a guide prints it: +33 1 99 00 12 34."""
    return re.sub(r"^(\+33)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4 \5 \6", number)
