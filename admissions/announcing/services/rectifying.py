"""A wrong announced decision is rectified: a new version, a reason, two people, told at once (domain-model.md §2.7)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.announcing.mails.answers import tell_rectification
from admissions.announcing.mails.staff import ask_to_confirm
from admissions.announcing.permissions import can_confirm_rectification, can_rectify
from admissions.announcing.rules import RECTIFYING, may_confirm, may_rectify
from admissions.announcing.selectors.rectifications import marks_behind, told_of
from admissions.announcing.services.opening import announce_decisions
from admissions.dossier.services.endings import end_what_follows
from admissions.dossier.services.locking import lock_with_dossier
from admissions.jury.rules import Chosen, within_scale
from admissions.jury.selectors.jury_tests import jury_tests_of
from admissions.jury.services.decisions import (
    OutcomeChoice,
    choice_at,
    new_decision,
    not_planned_yet,
    record_new,
    refuse_if_eliminated,
    refuse_if_selected,
)
from admissions.jury.services.locking import note_sealed
from admissions.jury.services.sittings import call_sittings, plan
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Mark, Rectification, Sitting
from admissions.places.services.seats import seat_accepted
from admissions.states import (
    AWAITED_SITTINGS,
    DecisionAction,
    DecisionState,
    RectificationAction,
    RectificationState,
    SittingAction,
    SittingState,
)
from campaigns.vocabulary import OutcomeKind
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require
from common.rules import fold


def propose_rectification(
    *,
    candidacy_ref: str,
    stage_key: str,
    outcome_key: str,
    assessments: Collection[Chosen] = (),
    reason: str,
    actor: User,
    now: datetime,
) -> Rectification:
    """Say what an announced decision should have been. Nothing changes before a second person confirms.

    The same again answers what is proposed; anything else replaces it. Raises NotAllowedError unless the actor
    presides over that jury, DomainError with what is against it.
    """
    with transaction.atomic():
        candidacy = lock_with_dossier(
            Candidacy.objects.select_related("application").get(ref=candidacy_ref)
        )
        require(can_rectify(actor, candidacy))
        decision = _announced(candidacy, stage_key)
        choice = choice_at(decision.stage, candidacy, outcome_key, assessments, reason, actor)
        if not choice.note:
            raise DomainError.of("rectification_needs_reason")
        if decision.outcome_id == choice.outcome.pk:
            raise DomainError.of("rectification_changes_nothing")
        refuse_if_eliminated(choice)
        pending = decision.rectifications.filter(state=RectificationState.PROPOSED).first()
        if pending and choice.equals(pending) and pending.reason == choice.note:
            return pending
        stamp = Stamp.of(actor, now, stage=decision.stage.key)
        if pending:
            _settle(pending, RectificationAction.GIVE_UP, stamp, actor)
        row = _propose(decision, choice, stamp)
        ask_to_confirm(row, now=now)
        return row


def confirm_rectification(*, ref: str, actor: User, now: datetime) -> Rectification:
    """Have the new decision stand, end what followed the wrong one, and tell the candidate: all at once.

    Confirmed already, nothing is done again.
    """
    with transaction.atomic():
        row, candidacy = _settled_by(ref, actor)
        if row.state == RectificationState.CONFIRMED:
            return row
        refuse_unless(may_confirm(row.state))
        if row.proposed_by_id == actor.pk:
            raise DomainError.of("rectification_needs_another_person")
        decision = _announced(candidacy, row.decision.stage.key)
        choice = choice_at(
            decision.stage,
            candidacy,
            row.outcome.key,
            [*row.assessments, *jury_tests_of(row)],
            row.reason,
            row.proposed_by,
        )
        refuse_if_eliminated(choice)
        stamp = Stamp.of(actor, now, stage=decision.stage.key, outcome=choice.outcome.key)
        rectified = _replace(decision, choice, stamp)
        _settle(row, RectificationAction.CONFIRM, stamp, actor)
        tell_rectification(rectified, row, now=now)
        return row


def correct_told_mark(
    *, candidacy_ref: str, stage_key: str, mark_id: int, hundredths: int, actor: User, now: datetime
) -> Mark:
    """Put right a mark on which a decision rests that was announced. The decision stands until it is rectified.

    Raises Mark.DoesNotExist unless it was given at that stage or before, NotAllowedError and DomainError as a
    rectification does.
    """
    with transaction.atomic():
        candidacy = lock_with_dossier(
            Candidacy.objects.select_related("application").get(ref=candidacy_ref)
        )
        require(can_rectify(actor, candidacy))
        decision = _announced(candidacy, stage_key)
        mark = marks_behind(decision).get(pk=mark_id)
        refuse_unless(within_scale(hundredths, mark.assessment.scale))
        if mark.hundredths == hundredths:
            return mark
        mark.hundredths, mark.scale, mark.given_at = hundredths, mark.assessment.scale, now
        mark.save(update_fields=["hundredths", "scale", "given_at"])
        stamp = Stamp.of(actor, now, assessment=mark.assessment.key)
        note_sealed(candidacy, "correct_mark", "mark", stamp)
        refuse_if_selected(candidacy)
        return mark


def give_up_rectification(*, ref: str, actor: User, now: datetime) -> Rectification:
    """Leave the announced decision as it is. Given up already, nothing is done again."""
    with transaction.atomic():
        row, _ = _settled_by(ref, actor)
        if row.state == RectificationState.CONFIRMED:
            raise DomainError.of("rectification_is_confirmed")
        if row.state == RectificationState.PROPOSED:
            stamp = Stamp.of(actor, now, stage=row.decision.stage.key)
            _settle(row, RectificationAction.GIVE_UP, stamp, actor)
        return row


def _propose(decision: Decision, choice: OutcomeChoice, stamp: Stamp) -> Rectification:
    """Write what an announced decision of a locked candidacy should have been."""
    row = Rectification(
        decision=decision,
        outcome=choice.outcome,
        reason=choice.note,
        proposed_by=choice.actor,
        proposed_at=stamp.at,
        **choice.written,
    )
    begin(row, RectificationState.PROPOSED, stamp, verb="propose")
    return row


def _settle(row: Rectification, action: RectificationAction, stamp: Stamp, by: User) -> None:
    move(row, action, stamp, settled_by=by, settled_at=stamp.at)


def _settled_by(ref: str, actor: User) -> tuple[Rectification, Candidacy]:
    """A rectification under the lock of its candidacy. Raises Rectification.DoesNotExist, NotAllowedError."""
    found = Rectification.objects.select_related("decision__candidacy__application").get(ref=ref)
    candidacy = lock_with_dossier(found.decision.candidacy)
    row = Rectification.objects.select_related("decision__stage", "outcome", "proposed_by").get(
        ref=ref
    )
    row.decision.candidacy = candidacy
    require(can_confirm_rectification(actor, candidacy))
    return row, candidacy


def _announced(candidacy: Candidacy, stage_key: str) -> Decision:
    """What was last announced of a stage. Raises DomainError if nothing was, or if it is too late to rectify it."""
    rows = Decision.objects.filter(
        candidacy=candidacy, stage__key=stage_key, state=DecisionState.ANNOUNCED
    )
    decision = rows.select_related("stage").first()
    if decision is None:
        raise DomainError.of("decision_is_not_announced")
    refuse_unless(may_rectify(told_of(candidacy, decision)))
    decision.candidacy = candidacy
    return decision


def _replace(decision: Decision, choice: OutcomeChoice, stamp: Stamp) -> Decision:
    candidacy, outcome = choice.candidacy, choice.outcome
    move(decision, DecisionAction.RECTIFY, stamp)
    end_what_follows([candidacy], stamp)
    _excuse(candidacy, stamp)
    rectified = new_decision(choice)
    record_new(rectified, stamp)
    announce_decisions([rectified], stamp.at)
    action = RECTIFYING[outcome.kind]
    move(candidacy, action, stamp, outcome=outcome, told_at=stamp.at, stage=outcome.next_stage)
    if outcome.kind is OutcomeKind.ACCEPTED:
        seat_accepted([candidacy], stamp)
    _call_again(choice, stamp)
    plan(not_planned_yet(choice), stamp)
    planned = Sitting.objects.filter(
        candidacy=candidacy, state=SittingState.PLANNED
    ).select_related("assessment")
    call_sittings(_of(candidacy, planned), stamp)
    return rectified


def _excuse(candidacy: Candidacy, stamp: Stamp) -> None:
    """From the tests that the wrong decision called to."""
    called = Sitting.objects.filter(
        candidacy=candidacy, state__in=AWAITED_SITTINGS, assessment__stage=candidacy.stage
    )
    for sitting in _of(candidacy, called.select_related("assessment")):
        move(sitting, SittingAction.EXCUSE, stamp)


def _call_again(choice: OutcomeChoice, stamp: Stamp) -> None:
    """To the tests of the new decision from which the candidate was excused."""
    wanted = {(row.assessment_id, fold(row.nature)): row.medium for row in choice.sat}
    excused = Sitting.objects.filter(candidacy=choice.candidacy, state=SittingState.EXCUSED)
    anew = {"called_at": stamp.at, "slot": None, "starts_at": None, "place": ""}
    for sitting in _of(choice.candidacy, excused.select_related("assessment")):
        key = (sitting.assessment_id, fold(sitting.nature))
        if key in wanted:
            move(sitting, SittingAction.CALL, stamp, **anew, medium=wanted[key])


def _of(candidacy: Candidacy, sittings: Iterable[Sitting]) -> list[Sitting]:
    found = list(sittings)
    for sitting in found:
        sitting.candidacy = candidacy
    return found
