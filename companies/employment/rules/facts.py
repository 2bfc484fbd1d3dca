"""What the form of an employment contract (CERFA 12434) states, as the checks read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from common.rules import Refusal
from companies.pay.rules import PaidContract, PayColumn

Known = Any  # EmploymentFacts of which those are typed that a check names


class ContractNature(StrEnum):
    """A permanent contract begins with an action of professionalisation: its dates are meant, then."""

    FIXED_TERM = "fixed_term"
    PERMANENT = "permanent"


class StaffCategory(StrEnum):
    """What the trial period of a permanent contract depends on."""

    EMPLOYEE = "employee"  # workers too
    TECHNICIAN = "technician"  # supervisors too
    EXECUTIVE = "executive"  # engineers


class DiplomaHeld(StrEnum):
    """The highest diploma held when the contract is concluded, as pay asks for it."""

    BELOW_BAC_PRO = "below_bac_pro"
    GENERAL_BAC = "general_bac"
    BAC_PRO = "bac_pro"  # or a title of that level for a trade, or any diploma above


PAY_COLUMNS = {
    DiplomaHeld.BELOW_BAC_PRO: PayColumn.BELOW_BAC_PRO,
    DiplomaHeld.GENERAL_BAC: PayColumn.BELOW_BAC_PRO,
    DiplomaHeld.BAC_PRO: PayColumn.BAC_PRO,
}


@dataclass(frozen=True, slots=True)
class ContractNote(Refusal):
    """Something to confirm, to do or to know: said with its sentence as a refusal is, it stands against nothing."""

    @classmethod
    def of(cls, code: str, **params: object) -> "ContractNote":
        return cls(code, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchTerms:
    """What the branch of the company says: the reference of its agreement, if it was given, and its figures."""

    reference: str = ""
    minimum_cents: int | None = None  # a month's for the job, for 35 hours a week
    agreed_cents: int | None = None  # what its own grid gives this trainee, likewise
    most_months: int | None = None


NO_BRANCH = BranchTerms()
DATES = ("starts_on", "ends_on")
PAID = ("diploma", "born_on", "concluded_on", "weekly_minutes", *DATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentFacts:
    """What the form says of one contract; None is not typed yet. `months` are those of the year, 12 in the guide."""

    months: int
    training_hours: int
    nature: ContractNature | None = None
    born_on: date | None = None
    is_job_seeker: bool | None = None
    is_under_french_law: bool | None = None
    is_public_body: bool | None = None  # the State, a local authority, an administrative body
    concluded_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None  # of the action, for a permanent contract
    last_exam_on: date | None = None
    tutor_years: int | None = None
    tutor_follows: int | None = None  # this student and apprentices included
    tutor_is_employer: bool | None = None
    weekly_minutes: int | None = None
    category: StaffCategory | None = None
    trial_days: int | None = None
    diploma: DiplomaHeld | None = None
    gross_cents: int | None = None
    branch: BranchTerms = NO_BRANCH
    deposited_on: date | None = None

    def knows(self, names: Iterable[str]) -> bool:
        return all(getattr(self, name) is not None for name in names)

    @property
    def is_countable(self) -> bool:
        """Whether the dates are in order, and the hours of the week, if they are typed, are some."""
        if self.starts_on is None or self.ends_on is None or self.starts_on >= self.ends_on:
            return False
        return self.weekly_minutes is None or self.weekly_minutes > 0

    @property
    def paid(self) -> PaidContract | None:
        """What the minimum of pay is reckoned from, once all of it is typed and in order."""
        if not self.knows(PAID) or not self.is_countable:
            return None
        known: Known = self
        return PaidContract(
            column=PAY_COLUMNS[known.diploma],
            born_on=known.born_on,
            concluded_on=known.concluded_on,
            starts_on=known.starts_on,
            ends_on=known.ends_on,
            weekly_minutes=known.weekly_minutes,
            branch_cents=self.branch.minimum_cents,
            agreed_cents=self.branch.agreed_cents,
        )
