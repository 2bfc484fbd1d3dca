"""When a dossier may be handed to the jury, and when pieces may be asked for (R-APP-5, R-APP-8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from admissions.rules.acts import UNDER_CHECK, Situation
from admissions.rules.completeness import PieceFact, PieceStatus, about_piece, lacking
from admissions.rules.moves import ApplicationState
from campaigns.vocabulary import Needed
from common.rules.refusals import ALLOWED, Refusal, Verdict, refused
from common.rules.values import Cents

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
    return Verdict((*_of_state(checked.situation), *_of_pieces(checked.pieces), *_of_fees(checked.balance)))


def may_ask(checked: Checked) -> Verdict:
    """Ask the candidate for what is missing or was refused; again, by another day, as long as something is."""
    state = checked.situation.state
    if state not in UNDER_CHECK:
        return refused(f"dossier_is_{state.value}")
    return ALLOWED if checked.lacking else refused("nothing_to_ask")


def _of_state(situation: Situation) -> Iterator[Refusal]:
    if situation.state is ApplicationState.INCOMPLETE:
        yield Refusal("pieces_are_awaited")
    elif situation.state is not ApplicationState.SUBMITTED:
        yield Refusal(f"dossier_is_{situation.state.value}")
    if situation.open:
        yield Refusal("candidate_may_still_change")


def _of_pieces(pieces: tuple[PieceFact, ...]) -> Iterator[Refusal]:
    for fact in pieces:
        if fact.needed is Needed.SUBMISSION and fact.status in OBSTACLES:
            yield about_piece(OBSTACLES[fact.status], fact)


def _of_fees(balance: Cents) -> Iterator[Refusal]:
    if balance > 0:
        yield Refusal("fees_are_due", {"left_cents": balance})
