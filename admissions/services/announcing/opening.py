"""Open the seals of a milestone, in the transaction of its run: each chunk takes a constant number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from admissions.models import Candidacy
from admissions.models.sealed import Decision, Sitting
from admissions.rules.announcing import ANNOUNCING
from admissions.rules.moves import DecisionState
from admissions.services.announcing import scope, telling
from admissions.services.jury.moves import announce_decisions, call_sittings
from admissions.services.moves import move_candidacies
from campaigns.calendar.effects import Due
from campaigns.models import Milestone, Outcome
from campaigns.vocabulary import OutcomeKind
from common.journal import SYSTEM, Stamp


def announce(due: Due) -> Mapping[str, int]:
    """Tell what is decided at the stages of a milestone, and call those whom the jury chose to the tests told with it.

    A late run does the same: what was announced before is no longer there to announce.
    Decisions are written before candidacies, these before sittings, then the messages.
    """
    stamp = Stamp(actor=SYSTEM, at=due.now, data={"milestone": due.milestone.key, "run": due.run.revision})
    announced = called = 0
    for candidacies in scope.in_chunks(scope.decided(due.milestone)):
        decisions = _open_decisions(candidacies, stamp)
        called += len(_call([decision.candidacy for decision in decisions], due, stamp))
        announced += len(decisions)
        telling.tell_decisions(decisions, now=due.now)
    for candidacies in scope.in_chunks(scope.to_call(due.milestone)):
        sittings = _call(candidacies, due, stamp)
        called += len(sittings)
        telling.tell_calls(sittings, milestone=due.milestone, revision=due.run.revision, now=due.now)
    undecided = telling.tell_undecided(
        scope.waiting(due.milestone), milestone=due.milestone, revision=due.run.revision, now=due.now
    )
    return {"announced": announced, "called": called, "undecided": undecided}


def preview(milestone: Milestone, _now: datetime) -> Mapping[str, int]:
    """What it would tell now, in figures that say nothing of any outcome."""
    waiting, decided = scope.waiting(milestone).count(), scope.decided(milestone).count()
    called = scope.sittings_to_come(milestone).count()
    return {"announced": decided, "called": called, "undecided": waiting - decided}


def _open_decisions(candidacies: Sequence[Candidacy], stamp: Stamp) -> list[Decision]:
    """Announce what is recorded for locked candidacies, and move them along the graph."""
    decisions = _recorded(candidacies)
    announce_decisions(decisions, stamp.at)
    by_outcome: dict[Outcome, list[Candidacy]] = defaultdict(list)
    for decision in decisions:
        by_outcome[decision.outcome].append(decision.candidacy)
    for outcome, rows in by_outcome.items():
        named = replace(stamp, data={**stamp.data, "stage": outcome.stage.key, "outcome": outcome.key})
        action = ANNOUNCING[OutcomeKind(outcome.kind)]
        move_candidacies(rows, action, named, outcome=outcome, told_at=stamp.at, stage=outcome.next_stage)
    return decisions


def _recorded(candidacies: Sequence[Candidacy]) -> list[Decision]:
    """Read again under the lock: one that was undone while we waited for it is not there."""
    at_stage = {candidacy.pk: candidacy for candidacy in candidacies}
    rows = Decision.objects.select_for_update(of=("self",)).select_related("outcome__stage", "outcome__next_stage")
    found = rows.filter(candidacy__in=candidacies, state=DecisionState.RECORDED.value).order_by("candidacy_id")
    decisions = [row for row in found if row.stage_id == at_stage[row.candidacy_id].stage_id]
    for decision in decisions:
        decision.candidacy = at_stage[decision.candidacy_id]
    return decisions


def _call(candidacies: Sequence[Candidacy], due: Due, stamp: Stamp) -> list[Sitting]:
    """Call locked candidacies to what is planned for them at the stage where they now are."""
    there = {candidacy.pk: candidacy for candidacy in candidacies}
    rows = scope.planned_sittings(due.milestone).select_for_update(of=("self",)).select_related("assessment")
    found = rows.filter(candidacy__in=candidacies).order_by("candidacy_id", "assessment__position")
    sittings = [row for row in found if row.assessment.stage_id == there[row.candidacy_id].stage_id]
    for sitting in sittings:
        sitting.candidacy = there[sitting.candidacy_id]
    call_sittings(sittings, stamp)
    return sittings
