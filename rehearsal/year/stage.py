"""Where the year of contrat pro is played: its people, and how far each student goes by which day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import User
from contratpro.models import ContractYear, StudentFile
from contratpro.vocabulary import DateStatus
from contratpro.year.document.schema import FIRST_DAY, YearDocument
from rehearsal.people.someone import chance
from rehearsal.year.students import CohortStudent, Reach

OPENS, CLOSES = 8 * 60, 18 * 60  # minutes of the day between which people act
LATELY = timedelta(minutes=20)

LATE = {
    "intention": 13,
    "contact-sheet": 13,
    "head-approval": 12,
    "agreement": 12,
    "agreement-copy": 11,
}
REACHED = {
    "intention": Reach.INTENDS,
    "contact-sheet": Reach.SHEET,
    "head-approval": Reach.APPROVED,
    "home-school-approval": Reach.APPROVED,
    "employment-contract": Reach.SIGNED,
    "contract-copy": Reach.SIGNED,
    "agreement": Reach.SIGNED,
    "agreement-copy": Reach.SIGNED,
    "direction-signature": Reach.COMPLETE,
    "agreement-to-company": Reach.COMPLETE,
    "social-service": Reach.COMPLETE,
}


def first_day(document: YearDocument) -> date:
    day = document.dates[FIRST_DAY].on
    assert day, "a checked year gives its first day"
    return day


def confirmed(document: YearDocument) -> YearDocument:
    """A year whose days are still assumed is played as it will be lived."""
    firm = {"status": DateStatus.FIRM}
    dates = {key: one.model_copy(update=firm) for key, one in document.dates.items()}
    calendars = {key: one.model_copy(update=firm) for key, one in document.calendars.items()}
    return document.model_copy(update={"dates": dates, "calendars": calendars})


@dataclass(frozen=True, slots=True)
class Countdown:
    """The hour of each act, by how many days before the first one it is; never later than some minutes ago."""

    document: YearDocument
    now: datetime

    def at(self, days: int, who: str) -> datetime:
        """In the daytime, at an hour that depends on who acts."""
        minutes = chance("contract", who, days).randint(OPENS, CLOSES)
        return min(self.hour(days, minutes), self.now - LATELY)

    def hour(self, days: int, minutes: int) -> datetime:
        day = self.day(days)
        midnight = datetime.combine(day, time(), self.document.zone)
        return midnight.replace(hour=minutes // 60, minute=minutes % 60)

    def day(self, days: int) -> date:
        return first_day(self.document) - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class YearAct:
    """What is done at that hour: it is told the hour, by the name of `now`."""

    at: datetime
    title: str
    act: Callable[..., object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractStage:
    """Where the year is played, and by whom."""

    year: ContractYear
    said: YearDocument
    days: Countdown
    office: User
    heads: Mapping[str, User]  # by department
    cohort: Sequence[CohortStudent]
    students: Mapping[str, StudentFile]  # by address
    accounts: Mapping[str, User]  # likewise

    def row(self, one: CohortStudent) -> StudentFile:
        return self.students[one.email]

    def refs(self, students: Iterable[CohortStudent]) -> list[str]:
        return [self.row(one).ref for one in students]


def does(one: CohortStudent, key: str) -> bool:
    """Whether the student went as far as that step, and it concerns them."""
    concerned = key != "home-school-approval" or bool(one.home_school)
    return concerned and one.reach >= REACHED[key]
