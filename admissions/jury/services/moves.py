"""The only writer of the state of a decision and of a sitting, from their tables of moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
from common.journal import Stamp, note, note_all
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
    note(decision, verb, stamp, target=decision.state)


def plan(candidacy: Candidacy, assessments: Iterable[Assessment], stamp: Stamp) -> None:
    """Write the sittings of a locked candidacy: nobody but the jury knows of them yet."""
    planned = [
        Sitting(candidacy=candidacy, assessment=assessment, state=SittingState.PLANNED.value)
        for assessment in assessments
    ]
    Sitting.objects.bulk_create(planned)
    note_all(planned, "plan", stamp, target=SittingState.PLANNED)


def unplan(sittings: QuerySet[Sitting], stamp: Stamp) -> None:
    """Remove planned sittings of locked candidacies, and journal it."""
    planned = list(
        sittings.filter(state=SittingState.PLANNED.value).select_related(
            "candidacy__application__campaign"
        )
    )
    note_all(planned, "undo", stamp, source=SittingState.PLANNED)
    Sitting.objects.filter(pk__in=[row.pk for row in planned]).delete()


def move_decision(
    decision: Decision, action: DecisionAction, stamp: Stamp, **fields: object
) -> None:
    """Move one decision. Raises IllegalMoveError if it moved meanwhile."""
    source = decision.state
    target = next_state(DECISION_MOVES, DecisionState(source), action).value
    if Decision.objects.filter(pk=decision.pk, state=source).update(state=target, **fields) != 1:
        raise IllegalMoveError(f"the decision is no longer {source}")
    note(decision, action, stamp, source=source, target=target)
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
    note(row, "propose", stamp, target=row.state)
    return row


def settle(row: Rectification, action: RectificationAction, stamp: Stamp, *, by: User) -> None:
    """Confirm a proposed rectification of a locked candidacy, or give it up. Raises IllegalMoveError if it moved."""
    source = row.state
    row.state = next_state(RECTIFICATION_MOVES, RectificationState(source), action).value
    row.settled_by, row.settled_at = by, stamp.at
    row.save(update_fields=["state", "settled_by", "settled_at"])
    note(row, action, stamp, source=source, target=row.state)


def move_sitting(sitting: Sitting, action: SittingAction, stamp: Stamp, **fields: object) -> None:
    """Move one sitting. Raises IllegalMoveError if it moved meanwhile."""
    source = sitting.state
    target = next_state(SITTING_MOVES, SittingState(source), action).value
    if Sitting.objects.filter(pk=sitting.pk, state=source).update(state=target, **fields) != 1:
        raise IllegalMoveError(f"the sitting is no longer {source}")
    note(sitting, action, stamp, source=source, target=target)
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
    called: dict[int, list[str]] = defaultdict(list)
    for sitting in sittings:
        called[sitting.candidacy_id].append(sitting.assessment.key)
    note_all(
        {sitting.candidacy_id: sitting for sitting in sittings}.values(),
        SittingAction.CALL,
        stamp,
        source=SittingState.PLANNED,
        target=target,
        data=lambda row: {"assessments": called[row.candidacy_id]},
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
