"""Invented candidates: names of the demonstration's people mixed anew, and how each goes about applying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from campaigns.document.schema import CampaignDocument
from campaigns.rules import eligibility
from campaigns.rules.enums import DiplomaKind, TitleStatus, VerdictKind
from campaigns.selectors import nomenclature, verdicts
from common.rules.text import fold
from config.demonstration.chance import chance
from config.demonstration.people import PEOPLE
from config.demonstration.places import TOWNS
from config.demonstration.studies import PATHS, Course, Path

SESSION_OF_STUDIES = 2022  # the days of `studies` are those of that session
MORNING, LAST_HOUR = timedelta(hours=9), timedelta(minutes=59)
UNFINISHED, WITHDRAWN, GRANT, ENGLISH = 0.08, 0.02, 0.3, 0.1  # shares of all candidates
IN_LAST_HOUR, IN_LAST_WEEK = 0.3, 0.35  # shares of all submissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    number: int
    first_names: str
    birth_name: str
    nationality: str
    city: str
    language: str
    born_on: date
    grant_holder: bool
    path: Path
    programmes: tuple[str, ...]
    starts_at: datetime
    submits_at: datetime | None
    withdraws_at: datetime | None

    @property
    def email(self) -> str:
        name = fold(f"{self.first_names.split()[0]}.{self.birth_name}").replace(" ", "-").replace("’", "")
        return f"{name}.{self.number}@example.org"


def invent(document: CampaignDocument, *, count: int, seed: str) -> list[Candidate]:
    """The same candidates for the same seed, each with studies that lead to what they choose."""
    open_to = _open_programmes(document)
    return [_candidate(document, number, chance(seed, "candidate", number), open_to) for number in range(1, count + 1)]


def moved(day: date, document: CampaignDocument) -> date:
    """A day of the session that the studies were written for, in this campaign's."""
    return day.replace(year=day.year + document.campaign.academic_year[1].year - SESSION_OF_STUDIES)


def _candidate(
    document: CampaignDocument, number: int, draw: Random, open_to: Sequence[tuple[Path, tuple[str, ...]]]
) -> Candidate:
    first, last = draw.choice(PEOPLE), draw.choice(PEOPLE)
    path, programmes = draw.choice(open_to)
    wanted = draw.choices((1, 2, 3), weights=(55, 35, 10))[0]
    starts_at, submits_at = _moments(document, draw)
    leaves = submits_at is not None and draw.random() < WITHDRAWN
    return Candidate(
        number=number,
        first_names=first.first_names,
        birth_name=last.birth_name,
        nationality=last.nationality,
        city=draw.choice(tuple(TOWNS)),
        language="en" if draw.random() < ENGLISH else "fr",
        born_on=date(document.campaign.academic_year[1].year - 18 - path.years_since, 1, 1)
        + timedelta(days=draw.randint(0, 364)),
        grant_holder=draw.random() < GRANT,
        path=path,
        programmes=tuple(sorted(draw.sample(programmes, min(wanted, len(programmes))))),
        starts_at=starts_at,
        submits_at=submits_at,
        withdraws_at=submits_at + timedelta(hours=draw.uniform(20, 400)) if submits_at and leaves else None,
    )


def _moments(document: CampaignDocument, draw: Random) -> tuple[datetime, datetime | None]:
    """When a dossier is begun, and submitted if it is: a third in the last hour (domain-model.md §1)."""
    opening, end = document.opens_at + MORNING, document.last_second
    where = draw.random()
    if where < IN_LAST_HOUR:
        submits_at = end - LAST_HOUR * draw.random()
    elif where < IN_LAST_HOUR + IN_LAST_WEEK:
        submits_at = end - timedelta(hours=draw.uniform(1, 168))
    else:
        submits_at = opening + (end - opening) * draw.uniform(0.05, 0.8)
    starts_at = max(opening, submits_at - timedelta(hours=draw.uniform(1, 240)))
    return starts_at, None if draw.random() < UNFINISHED else submits_at.replace(microsecond=0)


def _open_programmes(document: CampaignDocument) -> list[tuple[Path, tuple[str, ...]]]:
    """Each way of studying that leads somewhere in this campaign, with where."""
    known = nomenclature()
    found = []
    for path in PATHS.values():
        if any(course.diploma and course.diploma not in known for course in path.courses):
            continue
        titles = tuple(_title(course, document, known) for course in path.courses)
        judged = verdicts(document, eligibility.Facts(titles=titles, date_of_birth=None))
        codes = tuple(row.programme for row in judged if row.verdict is not VerdictKind.NOT_ELIGIBLE)
        if codes:
            found.append((path, codes))
    return found


def _title(course: Course, document: CampaignDocument, known: eligibility.Nomenclature) -> eligibility.Title:
    return eligibility.Title(
        diploma=course.diploma or None,
        kind=known[course.diploma].kind if course.diploma else DiplomaKind(course.kind),
        country=course.country,
        ects=course.ects,
        status=TitleStatus(course.status),
        date=moved(course.on, document),
    )
