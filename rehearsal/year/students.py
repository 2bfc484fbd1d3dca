"""A student of a year of contrat pro that is played: how far they go, and what happens to them on the way."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum, auto

from common.rules import fold
from contratpro.states import StudentState


class Reach(IntEnum):
    """How far a student went; whoever went further did all that comes before."""

    LISTED = auto()
    INVITED = auto()
    CONFIRMED = auto()
    INTENDS = auto()
    FEASIBLE = auto()
    SHEET = auto()
    APPROVED = auto()
    SIGNED = auto()  # contract and agreement, by student and company
    COMPLETE = auto()  # all seven steps


class Turn(StrEnum):
    """What happens to a student and not to the others."""

    SHEET_BEGUN = auto()  # with the company, and not sent
    SHEET_RETURNED = auto()  # by the head
    AGREEMENT_PREPARED = auto()  # not signed yet
    AGREEMENT_REDONE = auto()  # another one signs for the company
    AGREEMENT_AMENDED = auto()  # another company tutor
    MARKED_EARLY = auto()  # the sheet is sent, and the head has not answered
    MARK_GIVEN = auto()  # of the conduct, in place of the sum
    SICK_LEAVE = auto()
    COMPANY_NEED = auto()  # a day at the school that the company needs
    BREACH = auto()
    EVALUATION_AWAITED = auto()  # the company tutor, asked twice, has not answered
    UPDATE_AWAITED = (
        auto()
    )  # one more of the final project's sheet: the school tutor has not answered
    DEFENDED_LAST = auto()  # on the last working day of the training


@dataclass(frozen=True, slots=True)
class CohortStudent:
    """`unsaid`, `denied` and `risks` are conditions; `late` and `early` steps, done late or before their turn."""

    first_names: str
    birth_name: str
    department: str
    option: str
    reach: Reach
    ends: StudentState | None = None  # refused or withdrawn, once that far
    reason: str = ""
    nationality: str = "FR"
    home_school: str = ""
    language: str = "fr"
    grant: bool = False
    long_internship: bool = False
    absent: bool = False
    unsaid: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def email(self) -> str:
        first = fold(self.first_names.split()[0])
        return f"{first}.{fold(self.birth_name)}@example.org".replace(" ", "-")

    @property
    def full_name(self) -> str:
        return f"{self.first_names} {self.birth_name}"
