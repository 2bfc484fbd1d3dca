"""What the jury decides of a candidacy: proposed, recorded, undone. Nothing else is written before it is announced."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions import permissions
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Decision, Sitting
from admissions.rules.moves import DecisionAction, DecisionState
from admissions.services.jury import moves
from admissions.services.jury.access import judged, stage_of, stamped
from admissions.services.jury.choosing import Choice, choice_at, new_decision, not_planned_yet
from common.journal import Stamp
from common.refusals import DomainError, require

SEALED = {DecisionState.PROPOSED.value, DecisionState.RECORDED.value}


def propose_decision(
    *,
    candidacy_ref: str,
    outcome_key: str,
    assessments: Collection[str] = (),
    note: str = "",
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> Decision:
    """Propose an outcome to the rest of the jury: it announces nothing until someone records it."""
    with transaction.atomic():
        candidacy = judged(candidacy_ref, actor)
        choice = choice_at(stage_of(candidacy), candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and choice.equals(standing) and standing.state == DecisionState.PROPOSED.value:
            return standing
        _refuse_unless_seen(standing, seen)
        if standing and standing.state == DecisionState.RECORDED.value:
            raise DomainError.of("decision_is_recorded")
        stamp = stamped(actor, now)
        if standing:
            _cancel(standing, actor, stamp)
        decision = new_decision(choice)
        moves.propose(decision, stamp)
        return decision


def record_decision(
    *,
    candidacy_ref: str,
    outcome_key: str,
    assessments: Collection[str] = (),
    note: str = "",
    seen: str | None = None,
    actor: User,
    now: datetime,
) -> Decision:
    """Record the outcome that the milestone of the stage will announce, with the tests that it calls to.

    Over a proposal, it records or replaces it. Over a recorded decision, it undoes that one first, which needs the
    right to. `seen` is the `token` of what the actor was shown: another one stands if a colleague was quicker.
    """
    with transaction.atomic():
        candidacy = judged(candidacy_ref, actor)
        choice = choice_at(stage_of(candidacy), candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and choice.equals(standing) and standing.state == DecisionState.RECORDED.value:
            return standing
        _refuse_unless_seen(standing, seen)
        stamp = stamped(actor, now)
        decision = _recorded(choice, standing, stamp)
        moves.plan(candidacy, not_planned_yet(choice), stamp)
        return decision


def undo_decision(*, candidacy_ref: str, actor: User, now: datetime) -> Decision | None:
    """Take back what stands, still sealed, with the sittings planned by it. None if nothing stands."""
    with transaction.atomic():
        candidacy = judged(candidacy_ref, actor)
        standing = _standing(candidacy)
        if standing:
            require(permissions.can_undo(actor, standing))
            _cancel(standing, actor, stamped(actor, now))
        return standing


def _standing(candidacy: Candidacy) -> Decision | None:
    decision = Decision.objects.filter(candidacy=candidacy, stage=candidacy.stage_id, state__in=STANDING).first()
    if decision and decision.state not in SEALED:
        raise DomainError.of("decision_is_announced")
    if decision:
        decision.candidacy = candidacy
    return decision


def token(standing: Decision | None) -> str:
    """What stands for a candidacy, so that a form can say what it was filled in front of."""
    return f"{standing.version}-{standing.state}" if standing else ""


def _refuse_unless_seen(standing: Decision | None, seen: str | None) -> None:
    if seen is not None and seen != token(standing):
        raise DomainError.of("decided_meanwhile")


def _recorded(choice: Choice, standing: Decision | None, stamp: Stamp) -> Decision:
    if standing and standing.state == DecisionState.PROPOSED.value and choice.outcome.pk == standing.outcome_id:
        fields = {"by": choice.actor, "assessments": list(choice.chosen), "note": choice.note or standing.note}
        moves.move_decision(standing, DecisionAction.RECORD, stamp, recorded_at=stamp.at, **fields)
        return standing
    if standing:
        if standing.state == DecisionState.RECORDED.value and not permissions.can_undo(choice.actor, standing):
            raise DomainError.of("recorded_by_another")
        _cancel(standing, choice.actor, stamp)
    decision = new_decision(choice)
    moves.record(decision, stamp)
    return decision


def _cancel(decision: Decision, actor: User, stamp: Stamp) -> None:
    """With the sittings of later stages, which only a decision plans."""
    moves.move_decision(decision, DecisionAction.UNDO, stamp, by=actor)
    later = Sitting.objects.filter(candidacy=decision.candidacy_id).exclude(
        assessment__stage=decision.candidacy.stage_id
    )
    moves.unplan(later, stamp)
