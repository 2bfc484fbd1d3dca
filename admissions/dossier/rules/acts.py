"""What may still be done with a dossier, and when it may be handed to the jury (R-APP-5, R-APP-8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from admissions.dossier.rules.completeness import (
    SUPPLIED,
    PieceFact,
    PieceStatus,
    about_piece,
    lacking,
)
from admissions.states import (
    APPLICATION_MOVES,
    APPLIED_STATES,
    LIVE_STATES,
    ApplicationAction,
    ApplicationState,
    CandidacyState,
)
from campaigns.vocabulary import Needed
from common.rules.moves import sources
from common.rules.refusals import ALLOWED, Refusal, Verdict, refused
from common.rules.values import Cents

UNDER_CHECK = (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE)
UNDER_STUDY = (*UNDER_CHECK, ApplicationState.COMPLETE)


@dataclass(frozen=True, slots=True)
class Situation:
    state: ApplicationState
    open: bool


def may_edit(situation: Situation) -> Verdict:
    """Identity, studies, titles, grant: in a draft, before the deadline."""
    return _when(situation, ApplicationState.DRAFT) and _while_open(situation)


def may_choose(situation: Situation) -> Verdict:
    """Programmes: also once submitted, before the deadline, for a further submission."""
    return _when(situation, ApplicationState.DRAFT, *UNDER_CHECK) and _while_open(situation)


def may_give(situation: Situation, needed: Needed, status: PieceStatus) -> Verdict:
    """A piece: before the deadline; while under study also one refused, asked for, or that may come later (R-APP-5)."""
    if situation.state in UNDER_STUDY and _is_expected(situation, needed, status):
        return ALLOWED
    if status is PieceStatus.ACCEPTED:
        return ALLOWED if may_choose(situation) else refused("piece_is_accepted")
    return may_choose(situation)


def _is_expected(situation: Situation, needed: Needed, status: PieceStatus) -> bool:
    if status in {PieceStatus.REFUSED, PieceStatus.ACCEPTED}:
        return status is PieceStatus.REFUSED
    is_asked = situation.state is ApplicationState.INCOMPLETE and status is PieceStatus.MISSING
    return needed is Needed.ADMISSION or (is_asked and needed is Needed.SUBMISSION)


def may_replace(situation: Situation, status: PieceStatus) -> Verdict:
    """Put a file in the place of one given: before the deadline, then only of one refused; the rest stays as it is."""
    if status is PieceStatus.REFUSED and situation.state in UNDER_STUDY:
        return ALLOWED
    return ALLOWED if may_choose(situation) else refused("piece_stays")


def may_await(situation: Situation, needed: Needed, status: PieceStatus) -> Verdict:
    if needed is not Needed.ADMISSION:
        return refused("piece_cannot_wait")
    return refused("piece_is_given") if status in SUPPLIED else may_give(situation, needed, status)


def may_check(situation: Situation, needed: Needed) -> Verdict:
    """Accept a piece, refuse it or undo that; once the dossier is complete, only what was not needed to submit it."""
    if situation.state is ApplicationState.COMPLETE and needed is not Needed.SUBMISSION:
        return ALLOWED
    return _when(situation, *UNDER_CHECK)


def may_remove_file(situation: Situation) -> Verdict:
    """Once submitted, a piece is replaced, never taken back."""
    return may_edit(situation)


def may_submit(situation: Situation) -> Verdict:
    return may_choose(situation)


def live_candidacies(situation: Situation) -> frozenset[CandidacyState]:
    """Those applied to, or about to be: what was added to a submitted dossier and not submitted in time is neither."""
    applied = frozenset(APPLIED_STATES)
    if situation.state in UNDER_STUDY and not situation.open:
        return applied
    return applied | {CandidacyState.DRAFT}


def may_withdraw(situation: Situation) -> Verdict:
    return _when(situation, *sources(APPLICATION_MOVES, ApplicationAction.WITHDRAW))


def may_withdraw_candidacy(situation: Situation, candidacy: CandidacyState) -> Verdict:
    """Of one programme submitted. A draft one is simply not chosen any more."""
    if candidacy is CandidacyState.DRAFT or candidacy not in LIVE_STATES:
        return refused(f"candidacy_is_{candidacy}")
    return _when(situation, *UNDER_STUDY)


def may_reopen(situation: Situation) -> Verdict:
    return _when(situation, ApplicationState.WITHDRAWN, ApplicationState.LAPSED) and _while_open(
        situation
    )


def may_refuse(situation: Situation) -> Verdict:
    return _when(situation, *sources(APPLICATION_MOVES, ApplicationAction.REFUSE))


def _when(situation: Situation, *states: ApplicationState) -> Verdict:
    return ALLOWED if situation.state in states else refused(f"dossier_is_{situation.state}")


def _while_open(situation: Situation) -> Verdict:
    return ALLOWED if situation.open else refused("campaign_is_closed")


OBSTACLES = {
    PieceStatus.MISSING: "missing_piece",
    PieceStatus.AWAITED: "missing_piece",
    PieceStatus.REFUSED: "refused_piece",
    PieceStatus.GIVEN: "unchecked_piece",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A dossier as the central service sees it. `pieces` are those of what was submitted."""

    situation: Situation
    pieces: tuple[PieceFact, ...]
    balance: Cents  # what is left to pay

    @property
    def lacking(self) -> tuple[PieceFact, ...]:
        return lacking(self.pieces)


def may_declare_complete(checked: Checked) -> Verdict:
    """With every reason against it. Fees block the study of a dossier, never its submission (R-APP-2)."""
    return Verdict(
        (*_of_state(checked.situation), *_of_pieces(checked.pieces), *_of_fees(checked.balance))
    )


def may_ask(checked: Checked) -> Verdict:
    """Ask the candidate for what is missing or was refused; again, by another day, as long as something is."""
    state = checked.situation.state
    if state not in UNDER_CHECK:
        return refused(f"dossier_is_{state}")
    return ALLOWED if checked.lacking else refused("nothing_to_ask")


def _of_state(situation: Situation) -> Iterator[Refusal]:
    if situation.state is ApplicationState.INCOMPLETE:
        yield Refusal("pieces_are_awaited")
    elif situation.state is not ApplicationState.SUBMITTED:
        yield Refusal(f"dossier_is_{situation.state}")
    if situation.open:
        yield Refusal("candidate_may_still_change")


def _of_pieces(pieces: tuple[PieceFact, ...]) -> Iterator[Refusal]:
    for fact in pieces:
        if fact.needed is Needed.SUBMISSION and fact.status in OBSTACLES:
            yield about_piece(OBSTACLES[fact.status], fact)


def _of_fees(balance: Cents) -> Iterator[Refusal]:
    if balance > 0:
        yield Refusal("fees_are_due", {"left_cents": balance})
