"""When a contract may be drafted and signed (R-JOB-3, R-JOB-10, R-ELI-5), and where it stands (R-JOB-5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from admissions.places.rules import Item, WhoseTurn
from admissions.states import SeatState
from apprenticeship.states import SIGNED_CONTRACTS, ContractState
from common.rules import Refusal, Verdict


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """An age not to be reached `on` a day, which is unknown before the contract is signed if it counts from there."""

    under: int
    on: date | None
    source: Mapping[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What a contract rests on."""

    approved_on: date | None  # of the project that holds or asks for the seat
    seat: SeatState | None
    contract: ContractState | None
    signed_on: date | None = None
    sign_by: date | None = None  # the last day, for whoever is on a supplementary list (R-JOB-6)


def may_draft(standing: ContractFacts) -> Verdict:
    """A draft may be written again until it is signed."""
    return Verdict((*_no_ground(standing), *_signed_already(standing)))


def may_sign(standing: ContractFacts, on: date, today: date) -> Verdict:
    drafted = (
        ()
        if standing.contract is ContractState.DRAFT
        else _signed_already(standing) or _no_contract()
    )
    early = standing.approved_on is not None and on < standing.approved_on
    reasons = (Refusal("signed_before_approval", {"on": standing.approved_on}),) if early else ()
    return Verdict(
        (
            *_no_ground(standing),
            *drafted,
            *reasons,
            *_too_late(on, standing.sign_by),
            *_to_come(on, today),
        )
    )


def may_countersign(standing: ContractFacts, on: date, today: date) -> Verdict:
    if standing.contract is not ContractState.SIGNED or standing.signed_on is None:
        return Verdict((Refusal("contract_is_not_signed"),))
    early = (
        (Refusal("countersigned_before_signed", {"on": standing.signed_on}),)
        if on < standing.signed_on
        else ()
    )
    return Verdict((*early, *_to_come(on, today)))


def too_old(limits: Iterable[AgeLimit], born: date, derogation: str) -> Verdict:
    """An age over the notice's limit asks for the derogation that the law grants, typed."""
    if derogation.strip():
        return Verdict()
    return Verdict(
        tuple(
            Refusal(
                "age_needs_derogation", {"age": limit.under, "on": limit.on, "source": limit.source}
            )
            for limit in limits
            if limit.on and age_on(born, limit.on) >= limit.under
        )
    )


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _no_ground(standing: ContractFacts) -> tuple[Refusal, ...]:
    if standing.approved_on is None:
        return (Refusal("no_approved_project"),)
    return () if standing.seat is SeatState.HELD else (Refusal("seat_is_not_held"),)


def _signed_already(standing: ContractFacts) -> tuple[Refusal, ...]:
    return (Refusal("contract_is_signed"),) if standing.contract in SIGNED_CONTRACTS else ()


def _no_contract() -> tuple[Refusal, ...]:
    return (Refusal("contract_is_not_drafted"),)


def _too_late(on: date, sign_by: date | None) -> tuple[Refusal, ...]:
    return (Refusal("signed_after_last_day", {"on": sign_by}),) if sign_by and on > sign_by else ()


def _to_come(on: date, today: date) -> tuple[Refusal, ...]:
    return (Refusal("day_is_to_come", {"on": on}),) if on > today else ()


def contract_item(state: ContractState | None, sign_by: date | None) -> Item:
    """Where a contract stands on the way to the admission (R-JOB-5)."""
    match state:
        case ContractState.COUNTERSIGNED:
            return Item(condition="contract")
        case ContractState.DRAFT:
            lacks, who = Refusal("contract_is_not_signed"), WhoseTurn.CANDIDATE
        case ContractState.SIGNED:
            lacks, who = Refusal("contract_is_not_countersigned"), WhoseTurn.OFFICE
        case None | ContractState.BROKEN | ContractState.ENDED:
            lacks, who = Refusal("contract_is_not_drafted"), WhoseTurn.OFFICE
    return Item(condition="contract", lacks=(lacks,), who=who, by=sign_by)
