"""How often people do what. Invented: a rehearsal shows whether the machinery holds, it foretells no campaign."""

from collections.abc import Sequence

from campaigns.models import Outcome
from campaigns.vocabulary import OutcomeKind

# --- the central service, of all dossiers or pieces
PIECE_REFUSED = 0.01
CHARGE_WAIVED = 0.03
NEVER_ANSWERED = 0.2  # of those asked for a piece
# --- the jury, of all candidacies
PROPOSED_FIRST = 0.1
CHANGED_MIND = 0.03
CONFLICT = 0.004
DECIDED_LATE = 0.02
CALLED = 0.6  # to a test that the jury may choose
MISSED, EXCUSED = 0.05, 0.02  # of the tests
# --- the candidates, of those told
FINDS_A_COMPANY = 0.4
TRAINEE_FINDS = 0.6
TITLE_NOT_OBTAINED = 0.05  # of those who have a seat
# --- the employers, of those invited or approved, and the pedagogical head
EMPLOYER_SILENT = 0.1
EMPLOYER_DEFAULTS = 0.05
PROJECT_SENT_BACK, PROJECT_REFUSED = 0.15, 0.07
# --- the jury again, by kind of outcome
KINDS = {OutcomeKind.ACCEPTED: 0.12, OutcomeKind.NEXT: 0.38, OutcomeKind.REJECTED: 0.5}
KINDS_AT_THE_END = {OutcomeKind.ACCEPTED: 0.45, OutcomeKind.REJECTED: 0.55}


def weights(outcomes: Sequence[Outcome]) -> list[float]:
    """How likely each outcome of a stage is, by its kind."""
    kinds = [OutcomeKind(outcome.kind) for outcome in outcomes]
    table = KINDS if OutcomeKind.NEXT in kinds else KINDS_AT_THE_END
    return [table.get(kind, 0.1) / kinds.count(kind) for kind in kinds]
