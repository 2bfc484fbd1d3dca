"""Calls inside a stage (the second interview of 2022), and who came to those called (domain-model.md §2.5)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.jury.selectors.candidacies import is_announced
from admissions.jury.services import moves
from admissions.jury.services.access import assessment_of, lock_studied_candidacy
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.states import AWAITED_SITTINGS, SITTING_MOVES, SittingAction, SittingState
from campaigns.models import Assessment
from campaigns.vocabulary import Who
from common.journal import Stamp
from common.refusals import DomainError

PRESENCES = {SittingAction.SIT, SittingAction.MISS, SittingAction.EXCUSE}


def plan_sitting(*, candidacy_ref: str, assessment_key: str, actor: User, now: datetime) -> Sitting:
    """Call someone to a test of the stage: told with the milestone that calls to it, and sealed until then."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        known = _sitting(candidacy, assessment)
        if known:
            return known
        _refuse_once_announced(assessment, now)
        if assessment.who != Who.JURY.value:
            raise DomainError.of("assessment_is_for_all")
        moves.plan(candidacy, [assessment], Stamp.of(actor, now, assessment=assessment.key))
        return Sitting.objects.get(candidacy=candidacy, assessment=assessment)


def unplan_sitting(*, candidacy_ref: str, assessment_key: str, actor: User, now: datetime) -> None:
    """Take back a call that nobody was told of yet."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        known = _sitting(candidacy, assessment)
        if known is None:
            return
        if known.state != SittingState.PLANNED.value:
            raise DomainError.of("already_called")
        _refuse_once_announced(assessment, now)
        if assessment.who != Who.JURY.value:
            raise DomainError.of("assessment_is_for_all")
        planned = Sitting.objects.filter(pk=known.pk)
        moves.unplan(planned, Stamp.of(actor, now, assessment=assessment.key))


def record_presence(
    *, candidacy_ref: str, assessment_key: str, presence: SittingAction, actor: User, now: datetime
) -> Sitting:
    """Note who sat a test that they were called to, who missed it, who was excused."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        sitting = _sitting(candidacy, assessment_of(candidacy, assessment_key))
        if (
            presence not in PRESENCES
            or sitting is None
            or sitting.state == SittingState.PLANNED.value
        ):
            raise DomainError.of("not_called_to_assessment")
        reached = SITTING_MOVES[SittingState.CALLED, presence].value
        if sitting.state == reached:
            return sitting
        if sitting.state not in AWAITED_SITTINGS:
            raise DomainError.of("presence_is_recorded")
        moves.move_sitting(sitting, presence, Stamp.of(actor, now, assessment=assessment_key))
        return sitting


def _sitting(candidacy: Candidacy, assessment: Assessment) -> Sitting | None:
    sitting = Sitting.objects.filter(candidacy=candidacy, assessment=assessment).first()
    if sitting:
        sitting.candidacy = candidacy
    return sitting


def _refuse_once_announced(assessment: Assessment, now: datetime) -> None:
    if is_announced(assessment.called_with, now):
        raise DomainError.of("call_is_announced")
