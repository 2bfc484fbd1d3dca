"""What the jury decides of a candidacy: proposed, recorded, undone. Nothing else is written before it is announced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from admissions import permissions
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Decision, Sitting
from admissions.rules.jury import OfferedAssessment, may_choose, to_sit
from admissions.rules.moves import DecisionAction, DecisionState
from admissions.services.access import refuse_unless
from admissions.services.jury import moves
from admissions.services.jury.access import judged, stage_of, stamped
from admissions.services.moves import Stamp
from campaigns.models import Assessment, Outcome
from campaigns.rules.enums import Who
from common.errors import DomainError, require

SEALED = {DecisionState.PROPOSED.value, DecisionState.RECORDED.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An outcome of the stage, with the tests that go with it."""

    candidacy: Candidacy
    outcome: Outcome
    offered: tuple[Assessment, ...]
    chosen: tuple[str, ...]
    note: str
    actor: User

    def equals(self, decision: Decision) -> bool:
        same = decision.outcome_id == self.outcome.pk and tuple(decision.assessments) == self.chosen
        return same and self.note in {"", decision.note}

    @property
    def sat(self) -> list[Assessment]:
        wanted = to_sit(_facts(self.offered), self.chosen)
        return [assessment for assessment in self.offered if assessment.key in wanted]


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
        choice = _choice(candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and choice.equals(standing) and standing.state == DecisionState.PROPOSED.value:
            return standing
        _refuse_unless_seen(standing, seen)
        if standing and standing.state == DecisionState.RECORDED.value:
            raise DomainError.of("decision_is_recorded")
        stamp = stamped(actor, now)
        if standing:
            _cancel(standing, actor, stamp)
        decision = _new(choice)
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
        choice = _choice(candidacy, outcome_key, assessments, note, actor)
        standing = _standing(candidacy)
        if standing and choice.equals(standing) and standing.state == DecisionState.RECORDED.value:
            return standing
        _refuse_unless_seen(standing, seen)
        stamp = stamped(actor, now)
        decision = _recorded(choice, standing, stamp)
        moves.plan(candidacy, _not_planned_yet(choice), stamp)
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


def _choice(candidacy: Candidacy, outcome_key: str, assessments: Collection[str], note: str, actor: User) -> Choice:
    stage = stage_of(candidacy)
    outcome = Outcome.objects.filter(stage=stage, key=outcome_key).first()
    if outcome is None:
        raise DomainError.of("outcome_not_of_stage", key=outcome_key)
    told = Assessment.objects.filter(stage=outcome.next_stage_id, called_with=stage.announce_id)
    offered = tuple(told) if outcome.next_stage_id else ()
    refuse_unless(may_choose(_facts(offered), assessments))
    return Choice(
        candidacy=candidacy,
        outcome=outcome,
        offered=offered,
        chosen=tuple(row.key for row in offered if row.key in assessments and row.who == Who.JURY.value),
        note=note.strip(),
        actor=actor,
    )


def _facts(offered: Collection[Assessment]) -> tuple[OfferedAssessment, ...]:
    return tuple(OfferedAssessment(key=row.key, for_all=row.who == Who.ALL.value) for row in offered)


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
    decision = _new(choice)
    moves.record(decision, stamp)
    return decision


def _new(choice: Choice) -> Decision:
    earlier = Decision.objects.filter(candidacy=choice.candidacy, stage=choice.outcome.stage_id)
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    return Decision(
        candidacy=choice.candidacy,
        stage_id=choice.outcome.stage_id,
        outcome=choice.outcome,
        version=last + 1,
        by=choice.actor,
        assessments=list(choice.chosen),
        note=choice.note,
    )


def _not_planned_yet(choice: Choice) -> list[Assessment]:
    known = set(choice.candidacy.sittings.values_list("assessment", flat=True))
    return [assessment for assessment in choice.sat if assessment.pk not in known]


def _cancel(decision: Decision, actor: User, stamp: Stamp) -> None:
    """With the sittings of later stages, which only a decision plans."""
    moves.move_decision(decision, DecisionAction.UNDO, stamp, by=actor)
    later = Sitting.objects.filter(candidacy=decision.candidacy_id).exclude(
        assessment__stage=decision.candidacy.stage_id
    )
    moves.unplan(later, stamp)
