"""When all parties agree, it is firm and final: no other project, unless the employer defaults (R-JOB-4)."""

from apprenticeship.rules.moves import CommitmentState, SeatState
from common.rules.refusals import ALLOWED, Verdict, refused


def may_commit(commitment: CommitmentState | None, seat: SeatState | None) -> Verdict:
    """The candidate agrees last, to a project that holds a place."""
    if commitment is None or commitment is CommitmentState.ENDED:
        return refused("nothing_to_commit_to")
    if commitment is CommitmentState.FIRM:
        return refused("commitment_is_firm")
    return ALLOWED if seat is SeatState.HELD else refused("seat_is_queued")


def may_present_another(commitment: CommitmentState | None) -> Verdict:
    """Invite an employer, or have another project approved."""
    return refused("candidate_is_committed") if commitment is CommitmentState.FIRM else ALLOWED
