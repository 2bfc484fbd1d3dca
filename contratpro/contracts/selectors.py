"""Employment contracts: which one, with which dates."""

from dataclasses import dataclass
from datetime import date

from contratpro.models import EmploymentContract, StudentFile

RELATED = ("student__year__school", "student__user", "scan")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDates:
    """From when to when the contract runs, or the action with which a permanent one begins."""

    starts_on: date
    ends_on: date


def contract_of(student: StudentFile) -> EmploymentContract | None:
    """That of the student; none before somebody has begun it."""
    return EmploymentContract.objects.select_related(*RELATED).filter(student=student).first()


def dates_of(contract: EmploymentContract) -> ContractDates | None:
    """Those of the last version; none before the contract was ready once."""
    last = contract.versions.last()
    if last is None:
        return None
    return ContractDates(
        starts_on=date.fromisoformat(last.content["starts_on"]),
        ends_on=date.fromisoformat(last.content["ends_on"]),
    )
