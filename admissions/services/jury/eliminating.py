"""An eliminatory mark proposes a rejection, which the jury sees and records: it never announces itself (R-SEL-5)."""

from collections import defaultdict

from accounts.models import User
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Decision, Mark
from admissions.rules.jury import eliminates
from admissions.rules.moves import DecisionAction, DecisionState
from admissions.services.jury import moves
from admissions.services.jury.access import stage_of
from admissions.services.jury.choosing import choice_at, new_decision
from campaigns.models import Assessment, Stage
from campaigns.vocabulary import OutcomeKind
from common.journal import Stamp


def follow_marks(candidacy: Candidacy, actor: User, stamp: Stamp) -> None:
    """Propose the rejection that the marks of a locked candidacy call for, or take back one that they no longer do.

    What a member of the jury proposed or recorded stands.
    """
    stage = stage_of(candidacy)
    test = _eliminatory(candidacy, stage)
    standing = Decision.objects.filter(candidacy=candidacy, stage=stage, state__in=STANDING).first()
    if standing:
        by_itself = standing.eliminated_by_id is not None and standing.state == DecisionState.PROPOSED.value
        if not by_itself or standing.eliminated_by == test:
            return
        standing.candidacy = candidacy
        moves.move_decision(standing, DecisionAction.UNDO, stamp, by=actor)
    if test:
        _propose_rejection(stage, candidacy, test, actor, stamp)


def _eliminatory(candidacy: Candidacy, stage: Stage) -> Assessment | None:
    """The first test of the stage whose marks eliminate."""
    given: dict[int, list[int]] = defaultdict(list)
    for test, hundredths in Mark.objects.filter(candidacy=candidacy).values_list("assessment", "hundredths"):
        given[test].append(hundredths)
    tests = stage.assessments.exclude(eliminates_at=None)
    return next((row for row in tests if eliminates(given[row.pk], row.eliminates_at)), None)


def _propose_rejection(stage: Stage, candidacy: Candidacy, test: Assessment, actor: User, stamp: Stamp) -> None:
    rejection = stage.outcomes.filter(kind=OutcomeKind.REJECTED.value)[0]
    decision = new_decision(choice_at(stage, candidacy, rejection.key, (), "", actor))
    decision.eliminated_by = test
    moves.propose(decision, stamp)
