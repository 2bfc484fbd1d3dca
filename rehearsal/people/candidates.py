"""Invented candidates: names of the demonstration's people mixed anew, and how each goes about applying."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from campaigns.conditions.rules import terms
from campaigns.document.schema import CampaignDocument
from campaigns.notice.selectors import nomenclature, verdicts
from campaigns.vocabulary import DiplomaKind, Intake, TitleStatus, VerdictKind
from rehearsal.people.someone import PEOPLE, TOWNS, Someone, Story, chance
from rehearsal.people.studies import PATHS, THIS_SUMMER, Course, Path

EXPERIENCE: Mapping[str, Any] = MappingProxyType({"technician_years": 4, "employer_agrees": True})
YEAR_OF_STUDIES_BEGINS = date(2021, 9, 1)  # the days of `studies` are those of that session
MORNING, EVENING, LAST_HOUR = (
    timedelta(hours=9),
    timedelta(hours=19, minutes=12),
    timedelta(minutes=59),
)
UNFINISHED, WITHDRAWN, GRANT, ENGLISH = 0.08, 0.02, 0.3, 0.1  # shares of all candidates
ON_PAPER = 12  # one of so many, where a notice has programmes that are applied to at the office
AT_THE_COUNTER, TYPED_WITHIN = timedelta(days=3), timedelta(hours=2)
IN_LAST_HOUR, IN_LAST_WEEK = 0.3, 0.35  # shares of all submissions


@dataclass(frozen=True, slots=True)
class Script:
    """What is settled beforehand for someone whom a story needs: outcomes by stage, and a company or none."""

    outcomes: Mapping[str, str]
    finds_company: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    who: Someone
    email: str
    born_on: date
    path: Path
    starts_at: datetime
    submits_at: datetime | None
    withdraws_at: datetime | None = None
    fate: Script | None = None
    on_paper: bool = False  # brought to the office, which types it


def invent(
    document: CampaignDocument, *, count: int, seed: str, taken: Collection[str] = ()
) -> list[Candidate]:
    """The same candidates for the same seed, each with studies that lead to what they choose.

    None has an e-mail address of `taken`.
    """
    online, office = (_open_programmes(document, intake) for intake in Intake)
    addresses = set(taken)
    found = []
    for number in range(1, count + 1):
        on_paper = bool(office) and number % ON_PAPER == 0
        who = _someone(chance(seed, "person", number), document, office if on_paper else online)
        email = who.email if who.email not in addresses else who.email.replace("@", f".{number}@")
        addresses.add(email)
        candidate = _candidate(document, who, email, chance(seed, "candidate", number))
        found.append(_brought(document, candidate) if on_paper else candidate)
    return found


def _brought(document: CampaignDocument, candidate: Candidate) -> Candidate:
    """Someone who comes to the office, days before the deadline, with all that is needed."""
    starts_at = min(candidate.starts_at, document.last_second - AT_THE_COUNTER)
    return replace(
        candidate,
        starts_at=starts_at,
        submits_at=starts_at + TYPED_WITHIN,
        withdraws_at=None,
        on_paper=True,
    )


def sure(document: CampaignDocument, who: Someone, fate: Script) -> Candidate:
    """Someone of a story, who submits in good time and stays."""
    candidate = _candidate(document, who, who.email, chance("story", who.full_name))
    starts_at = document.opens_at + EVENING
    return replace(
        candidate,
        starts_at=starts_at,
        submits_at=starts_at + timedelta(days=2),
        withdraws_at=None,
        fate=fate,
    )


def moved(day: date, document: CampaignDocument) -> date:
    """A day of the session that the studies were written for, in this campaign's."""
    return day + (document.campaign.academic_year[0] - YEAR_OF_STUDIES_BEGINS)


def _someone(
    draw: Random, document: CampaignDocument, open_to: Sequence[tuple[str, tuple[str, ...]]]
) -> Someone:
    first, last = draw.choice(PEOPLE), draw.choice(PEOPLE)
    path, programmes = draw.choice(open_to)
    wanted = draw.choices((1, 2, 3), weights=(55, 35, 10))[0]
    return Someone(
        first_names=first.first_names,
        birth_name=last.birth_name,
        usual_name="",
        sex=first.sex,
        nationality=last.nationality,
        city=draw.choice(tuple(TOWNS)),
        path=path,
        programmes=_allowed(
            document, sorted(draw.sample(programmes, min(wanted, len(programmes))))
        ),
        story=Story.SUBMITTED,
        grant=draw.random() < GRANT,
        language="en" if draw.random() < ENGLISH else "fr",
    )


def _allowed(document: CampaignDocument, codes: Sequence[str]) -> tuple[str, ...]:
    """The first of them, where a selection lets one choose only so many."""
    kept: list[str] = []
    chosen: Counter[str] = Counter()
    for code in codes:
        selection = document.programme(code).selection
        chosen[selection] += 1
        if (
            selection not in document.choose
            or chosen[selection] <= document.choose[selection].at_most
        ):
            kept.append(code)
    return tuple(kept)


def _candidate(document: CampaignDocument, who: Someone, email: str, draw: Random) -> Candidate:
    path = PATHS[who.path]
    starts_at, submits_at = _moments(document, draw)
    leaves = submits_at and draw.random() < WITHDRAWN
    return Candidate(
        who=who,
        email=email,
        born_on=date(baccalaureate_year(document, path) - 18, 1, 1)
        + timedelta(days=draw.randint(0, 364)),
        path=path,
        starts_at=starts_at,
        submits_at=submits_at,
        withdraws_at=submits_at + timedelta(hours=draw.uniform(20, 400))
        if submits_at and leaves
        else None,
    )


def baccalaureate_year(document: CampaignDocument, path: Path) -> int:
    return moved(THIS_SUMMER, document).year - path.years_since


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


def _open_programmes(
    document: CampaignDocument, intake: Intake
) -> list[tuple[str, tuple[str, ...]]]:
    """Each way of studying that leads somewhere in this campaign, with where one applies so."""
    known = nomenclature()
    found = []
    for name, path in PATHS.items():
        if any(course.diploma and course.diploma not in known for course in path.courses):
            continue
        if path.goes_on and not document.asks_years:
            continue
        titles = tuple(_title(course, document, known) for course in path.courses)
        judged = verdicts(document, terms.CandidateFacts(titles=titles, **EXPERIENCE))
        may_apply = {row.programme for row in judged if row.verdict is not VerdictKind.NOT_ELIGIBLE}
        codes = tuple(
            programme.code
            for programme in document.programmes
            if programme.intake is intake and programme.code in may_apply
        )
        if codes:
            found.append((name, codes))
    return found


def _title(
    course: Course, document: CampaignDocument, known: terms.Nomenclature
) -> terms.StudiedTitle:
    return terms.StudiedTitle(
        diploma=course.diploma or None,
        kind=known[course.diploma].kind if course.diploma else DiplomaKind(course.kind),
        country=course.country,
        ects=course.ects,
        year=course.year,
        status=TitleStatus(course.status),
        date=moved(course.on, document),
    )
