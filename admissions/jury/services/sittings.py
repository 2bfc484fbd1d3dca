"""Calls inside a stage (the second interview of 2022), and who came to those called (domain-model.md §2.5)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from admissions.jury.rules import JuryTest, against_jury_test
from admissions.jury.selectors.candidacies import is_announced
from admissions.jury.selectors.jury_tests import facts_of
from admissions.jury.services.locking import assessment_of, lock_studied_candidacy
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.states import AWAITED_SITTINGS, SITTING_MOVES, SittingAction, SittingState
from campaigns.models import Assessment
from campaigns.vocabulary import Medium, Who
from common.journal import Stamp, note_all
from common.moves import begin_all, move, move_all
from common.refusals import DomainError, refuse_unless
from common.rules import Verdict, fold

PRESENCES = {SittingAction.SIT, SittingAction.MISS, SittingAction.EXCUSE}


def plan_sitting(
    *,
    candidacy_ref: str,
    assessment_key: str,
    nature: str = "",
    medium: Medium | None = None,
    actor: User,
    now: datetime,
) -> Sitting:
    """Call someone to a test of the stage: told with the milestone that calls to it, and sealed until then.

    `nature` and `medium`: of one of several, which the jury sets.
    """
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        nature = " ".join(nature.split())
        known = _sitting(candidacy, assessment, nature)
        if known:
            return known
        _refuse_once_announced(assessment, now)
        if assessment.who != Who.JURY:
            raise DomainError.of("assessment_is_for_all")
        sitting = Sitting(candidacy=candidacy, assessment=assessment)
        if assessment.several:
            test = JuryTest(key=assessment.key, nature=nature, medium=medium or assessment.medium)
            [facts] = facts_of([assessment])
            refuse_unless(Verdict(tuple(against_jury_test(facts, test))))
            sitting = jury_sitting(candidacy, assessment, test)
        plan([sitting], Stamp.of(actor, now, assessment=assessment.key))
        return Sitting.objects.get(ref=sitting.ref)


def unplan_sitting(
    *, candidacy_ref: str, assessment_key: str, nature: str = "", actor: User, now: datetime
) -> None:
    """Take back a call that nobody was told of yet."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        assessment = assessment_of(candidacy, assessment_key)
        known = _sitting(candidacy, assessment, nature)
        if known is None:
            return
        if known.state != SittingState.PLANNED:
            raise DomainError.of("already_called")
        _refuse_once_announced(assessment, now)
        if assessment.who != Who.JURY:
            raise DomainError.of("assessment_is_for_all")
        planned = Sitting.objects.filter(pk=known.pk)
        unplan(planned, Stamp.of(actor, now, assessment=assessment.key))


def record_presence(
    *,
    candidacy_ref: str,
    assessment_key: str,
    nature: str = "",
    presence: SittingAction,
    actor: User,
    now: datetime,
) -> Sitting:
    """Note who sat a test that they were called to, who missed it, who was excused."""
    with transaction.atomic():
        candidacy = lock_studied_candidacy(candidacy_ref, actor)
        sitting = _sitting(candidacy, assessment_of(candidacy, assessment_key), nature)
        if presence not in PRESENCES or sitting is None or sitting.state == SittingState.PLANNED:
            raise DomainError.of("not_called_to_assessment")
        reached = SITTING_MOVES[SittingState.CALLED, presence]
        if sitting.state == reached:
            return sitting
        if sitting.state not in AWAITED_SITTINGS:
            raise DomainError.of("presence_is_recorded")
        move(sitting, presence, Stamp.of(actor, now, assessment=assessment_key))
        return sitting


def jury_sitting(candidacy: Candidacy, assessment: Assessment, test: JuryTest) -> Sitting:
    """One of several, as the jury sets it; not written yet."""
    return Sitting(
        candidacy=candidacy, assessment=assessment, nature=test.nature, medium=test.medium
    )


def plan(sittings: Sequence[Sitting], stamp: Stamp) -> None:
    """Write new sittings of a locked candidacy: nobody but the jury knows of them yet."""
    begin_all(sittings, SittingState.PLANNED, stamp, verb="plan")


def unplan(sittings: QuerySet[Sitting], stamp: Stamp) -> None:
    """Remove planned sittings of locked candidacies, and journal it."""
    planned = list(
        sittings.filter(state=SittingState.PLANNED).select_related(
            "candidacy__application__campaign"
        )
    )
    note_all(planned, "undo", stamp, source=SittingState.PLANNED)
    Sitting.objects.filter(pk__in=[row.pk for row in planned]).delete()


def call_sittings(sittings: Sequence[Sitting], stamp: Stamp) -> None:
    """Call locked sittings in one statement; the journal has one entry for each candidacy, with what it is called to.

    `candidacy` and `assessment` are those that the caller read: they are not fetched again.
    """
    move_all(sittings, SittingAction.CALL, None, called_at=stamp.at)
    called: dict[int, list[str]] = defaultdict(list)
    for sitting in sittings:
        called[sitting.candidacy_id].append(sitting.assessment.key)
    note_all(
        {sitting.candidacy_id: sitting for sitting in sittings}.values(),
        SittingAction.CALL,
        stamp,
        source=SittingState.PLANNED,
        target=SittingState.CALLED,
        data=lambda row: {"assessments": called[row.candidacy_id]},
    )


def _sitting(candidacy: Candidacy, assessment: Assessment, nature: str) -> Sitting | None:
    """That of a nature, in whatever letters it is said."""
    sittings = Sitting.objects.filter(candidacy=candidacy, assessment=assessment)
    sitting = next((row for row in sittings if fold(row.nature) == fold(nature)), None)
    if sitting:
        sitting.candidacy = candidacy
    return sitting


def _refuse_once_announced(assessment: Assessment, now: datetime) -> None:
    if is_announced(assessment.called_with, now):
        raise DomainError.of("call_is_announced")
