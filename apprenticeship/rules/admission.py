"""What an admission needs: all of it, and every reason against at once (R-JOB-5, R-JOB-12, R-APP-5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from admissions.states import SEARCHING_STATES, CandidacyState
from apprenticeship.rules.moves import ContractState, SeatState
from common.rules.refusals import Refusal, Verdict


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece that the title, or the admission, rests on, and that the central service has not accepted."""

    piece: Mapping[str, object] = field(hash=False)
    subject: Mapping[str, object] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    candidacy: CandidacyState
    approved: bool
    seat: SeatState | None
    contract: ContractState | None
    unproved: tuple[Proof, ...] = ()


def may_admit(standing: Standing) -> Verdict:
    return Verdict((*_selected(standing), *missing(standing)))


def missing(standing: Standing) -> tuple[Refusal, ...]:
    """What is still to come, in the order in which it comes."""
    reasons = []
    if not standing.approved:
        reasons.append(Refusal("no_approved_project"))
    if standing.seat is not SeatState.HELD:
        reasons.append(Refusal("seat_is_queued" if standing.seat is SeatState.QUEUED else "seat_is_not_held"))
    if standing.contract is not ContractState.COUNTERSIGNED:
        reasons.append(_contract(standing.contract))
    return (*reasons, *(_unproved(proof) for proof in standing.unproved))


def _selected(standing: Standing) -> tuple[Refusal, ...]:
    return () if standing.candidacy in SEARCHING_STATES else (Refusal("candidacy_is_not_selected"),)


def _contract(state: ContractState | None) -> Refusal:
    match state:
        case ContractState.DRAFT:
            return Refusal("contract_is_not_signed")
        case ContractState.SIGNED:
            return Refusal("contract_is_not_countersigned")
        case _:
            return Refusal("contract_is_not_drafted")


def _unproved(proof: Proof) -> Refusal:
    if proof.subject is None:
        return Refusal("proof_is_not_accepted", {"piece": proof.piece})
    return Refusal("proof_of_title_is_not_accepted", {"piece": proof.piece, "subject": proof.subject})
