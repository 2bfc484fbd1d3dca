"""Where the year of contrat pro is played: its people, and how far each student goes by which day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from contratpro.models import ContractYear, StudentFile
from contratpro.year.document.schema import YearDocument
from demonstration.cohort import CohortStudent, Reach
from demonstration.contract_year import Countdown

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


Act = tuple[datetime, Callable[..., object]]  # it is told the hour


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractStage:
    """Where the year is played, and by whom."""

    year: ContractYear
    said: YearDocument
    days: Countdown
    office: User
    heads: Mapping[str, User]  # by department
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
