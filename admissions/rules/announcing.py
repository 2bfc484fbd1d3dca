"""What an announced outcome does to a candidacy: its kind says, its label never does."""

from admissions.rules.moves import CandidacyAction
from campaigns.rules.enums import OutcomeKind

# `listed` is reserved: no notice has ranked lists yet, and no move is drawn for it.
ANNOUNCING = {
    OutcomeKind.NEXT: CandidacyAction.ANNOUNCE_NEXT,
    OutcomeKind.ACCEPTED: CandidacyAction.ANNOUNCE_ACCEPTED,
    OutcomeKind.REJECTED: CandidacyAction.ANNOUNCE_REJECTED,
}
