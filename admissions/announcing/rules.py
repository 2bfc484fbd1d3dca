"""What an announced or rectified outcome does to a candidacy: its kind says, its label never does."""

from dataclasses import dataclass

from admissions.states import CandidacyAction, CandidacyState, RectificationState
from campaigns.vocabulary import OutcomeKind
from common.rules import ALLOWED, Refusal, Verdict, refused

# `listed` is reserved: no notice has ranked lists yet, and no move is drawn for it.
ANNOUNCING = {
    OutcomeKind.NEXT: CandidacyAction.ANNOUNCE_NEXT,
    OutcomeKind.ACCEPTED: CandidacyAction.ANNOUNCE_ACCEPTED,
    OutcomeKind.REJECTED: CandidacyAction.ANNOUNCE_REJECTED,
}
RECTIFYING = {
    OutcomeKind.NEXT: CandidacyAction.RECTIFY_NEXT,
    OutcomeKind.ACCEPTED: CandidacyAction.RECTIFY_ACCEPTED,
    OutcomeKind.REJECTED: CandidacyAction.RECTIFY_REJECTED,
}
RECTIFIABLE = (CandidacyState.IN_SELECTION, CandidacyState.SELECTED, CandidacyState.REJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedDecision:
    """An announced decision: where its candidacy now is, and whether a later stage was told since."""

    state: CandidacyState
    announced: bool
    superseded: bool


def may_rectify(told: AnnouncedDecision) -> Verdict:
    """Only the last thing that a candidate was told is rectified (domain-model.md, section 2.7)."""
    refusals = []
    if not told.announced:
        refusals.append(Refusal("decision_is_not_announced"))
    if told.superseded:
        refusals.append(Refusal("later_decision_is_announced"))
    if told.state is CandidacyState.ADMITTED:
        refusals.append(Refusal("admission_to_revert_before_rectifying"))
    elif told.state is CandidacyState.TRAINEE:
        refusals.append(Refusal("candidacy_is_on_a_supplementary_list"))
    elif told.state not in RECTIFIABLE:
        refusals.append(Refusal("candidacy_has_ended"))
    return Verdict(tuple(refusals))


def may_confirm(state: RectificationState) -> Verdict:
    """What is settled already, one way or the other, is settled."""
    return ALLOWED if state is RectificationState.PROPOSED else refused(f"rectification_is_{state}")
