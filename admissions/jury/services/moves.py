"""The only writer of the state of a decision and of a sitting, from their tables of moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from admissions.jury.services.choosing import OutcomeChoice
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Rectification, Sitting
from admissions.states import (
    DECISION_MOVES,
    RECTIFICATION_MOVES,
    SITTING_MOVES,
    DecisionAction,
    DecisionState,
    RectificationAction,
    RectificationState,
    SittingAction,
    SittingState,
)
from campaigns.models import Assessment
from common.journal import Entry, Stamp, note
from common.rules.moves import IllegalMoveError, next_state


def propose(decision: Decision, stamp: Stamp) -> None:
    """Write a new decision of a locked candidacy as proposed."""
    decision.proposed_at = stamp.at
    _begin(decision, "propose", DecisionState.PROPOSED, stamp)


def record(decision: Decision, stamp: Stamp) -> None:
    """Write a new decision of a locked candidacy as recorded."""
    decision.recorded_at = stamp.at
    _begin(decision, DecisionAction.RECORD.value, DecisionState.RECORDED, stamp)


def _begin(decision: Decision, verb: str, state: DecisionState, stamp: Stamp) -> None:
    decision.state = state.value
    decision.save(force_insert=True)
    note(_entry(decision.candidacy, verb, stamp, "decision", "", decision.state))


def plan(candidacy: Candidacy, assessments: Iterable[Assessment], stamp: Stamp) -> None:
    """Write the sittings of a locked candidacy: nobody but the jury knows of them yet."""
    planned = [
        Sitting(candidacy=candidacy, assessment=assessment, state=SittingState.PLANNED.value)
        for assessment in assessments
    ]
    Sitting.objects.bulk_create(planned)
    note(*(_entry(candidacy, "plan", stamp, "sitting", "", row.state) for row in planned))


def unplan(sittings: QuerySet[Sitting], stamp: Stamp) -> None:
    """Remove planned sittings of locked candidacies, and journal it."""
    planned = list(
        sittings.filter(state=SittingState.PLANNED.value).select_related(
            "candidacy__application__campaign"
        )
    )
    note(*(_entry(row.candidacy, "undo", stamp, "sitting", row.state, "") for row in planned))
    Sitting.objects.filter(pk__in=[row.pk for row in planned]).delete()


def move_decision(
    decision: Decision, action: DecisionAction, stamp: Stamp, **fields: object
) -> None:
    """Move one decision. Raises IllegalMoveError if it moved meanwhile."""
    source = decision.state
    target = next_state(DECISION_MOVES, DecisionState(source), action).value
    if Decision.objects.filter(pk=decision.pk, state=source).update(state=target, **fields) != 1:
        raise IllegalMoveError(f"the decision is no longer {source}")
    note(_entry(decision.candidacy, action.value, stamp, "decision", source, target))
    for name, value in {"state": target, **fields}.items():
        setattr(decision, name, value)


def propose_rectification(decision: Decision, choice: OutcomeChoice, stamp: Stamp) -> Rectification:
    """Write what an announced decision of a locked candidacy should have been."""
    row = Rectification.objects.create(
        decision=decision,
        outcome=choice.outcome,
        assessments=list(choice.chosen),
        reason=choice.note,
        state=RectificationState.PROPOSED.value,
        proposed_by=choice.actor,
        proposed_at=stamp.at,
    )
    note(_entry(choice.candidacy, "propose", stamp, "rectification", "", row.state))
    return row


def settle(
    row: Rectification, candidacy: Candidacy, action: RectificationAction, stamp: Stamp, *, by: User
) -> None:
    """Confirm a proposed rectification of a locked candidacy, or give it up. Raises IllegalMoveError if it moved."""
    source = row.state
    row.state = next_state(RECTIFICATION_MOVES, RectificationState(source), action).value
    row.settled_by, row.settled_at = by, stamp.at
    row.save(update_fields=["state", "settled_by", "settled_at"])
    note(_entry(candidacy, action.value, stamp, "rectification", source, row.state))


def move_sitting(sitting: Sitting, action: SittingAction, stamp: Stamp, **fields: object) -> None:
    """Move one sitting. Raises IllegalMoveError if it moved meanwhile."""
    source = sitting.state
    target = next_state(SITTING_MOVES, SittingState(source), action).value
    if Sitting.objects.filter(pk=sitting.pk, state=source).update(state=target, **fields) != 1:
        raise IllegalMoveError(f"the sitting is no longer {source}")
    note(_entry(sitting.candidacy, action.value, stamp, "sitting", source, target))
    for name, value in {"state": target, **fields}.items():
        setattr(sitting, name, value)


def announce_decisions(decisions: Sequence[Decision], at: datetime) -> None:
    """Announce locked decisions in one statement. The caller notes them, with the candidacies that they move."""
    target = next_state(DECISION_MOVES, DecisionState.RECORDED, DecisionAction.ANNOUNCE)
    found = Decision.objects.filter(
        pk__in=[row.pk for row in decisions], state=DecisionState.RECORDED.value
    )
    if found.update(state=target.value, announced_at=at) != len(decisions):
        raise IllegalMoveError("a decision is no longer recorded")


def call_sittings(sittings: Sequence[Sitting], stamp: Stamp) -> None:
    """Call locked sittings in one statement; the journal has one entry for each candidacy, with what it is called to.

    `candidacy` and `assessment` are those that the caller read: they are not fetched again.
    """
    target = next_state(SITTING_MOVES, SittingState.PLANNED, SittingAction.CALL)
    found = Sitting.objects.filter(
        pk__in=[row.pk for row in sittings], state=SittingState.PLANNED.value
    )
    if found.update(state=target.value, called_at=stamp.at) != len(sittings):
        raise IllegalMoveError("a sitting is no longer planned")
    note(
        *(
            _call_entry(candidacy, keys, stamp)
            for candidacy, keys in _by_candidacy(sittings).items()
        )
    )


def drop_sealed(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Cancel what was decided and planned for candidacies that leave, and never told (domain-model.md §2.8)."""
    sealed = Decision.objects.filter(
        candidacy__in=candidacies,
        state__in=(DecisionState.PROPOSED.value, DecisionState.RECORDED.value),
    )
    for decision in sealed.select_related("candidacy__application__campaign"):
        move_decision(decision, DecisionAction.UNDO, stamp)
    unplan(Sitting.objects.filter(candidacy__in=candidacies), stamp)


def _by_candidacy(sittings: Sequence[Sitting]) -> dict[Candidacy, list[str]]:
    called: dict[Candidacy, list[str]] = defaultdict(list)
    for sitting in sittings:
        called[sitting.candidacy].append(sitting.assessment.key)
    return called


def _call_entry(candidacy: Candidacy, keys: Sequence[str], stamp: Stamp) -> Entry:
    told = replace(stamp, data={**stamp.data, "assessments": list(keys)})
    source, target = SittingState.PLANNED.value, SittingState.CALLED.value
    return _entry(candidacy, SittingAction.CALL.value, told, "sitting", source, target)


def _entry(
    candidacy: Candidacy, verb: str, stamp: Stamp, kind: str, source: str, target: str
) -> Entry:
    return Entry(
        at=stamp.at,
        actor=stamp.actor,
        verb=verb,
        scope=candidacy.application.campaign.slug,
        object_type=kind,
        object_ref=candidacy.ref,
        from_state=source,
        to_state=target,
        reason=stamp.reason,
        data=stamp.data,
    )
