"""Open the seals of a milestone, in the transaction of its run: each chunk takes a constant number of statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from admissions.announcing.mails.answers import tell_calls, tell_decisions
from admissions.announcing.mails.staff import tell_undecided
from admissions.announcing.rules import ANNOUNCING
from admissions.jury.selectors.jury_tests import lacks_jury_tests
from admissions.jury.selectors.marks import eliminating_of
from admissions.jury.services.sittings import call_sittings
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Sitting
from admissions.places.selectors.pools import count_pools
from admissions.places.services.locking import lock_dossiers
from admissions.places.services.seats import seat_accepted, without_a_seat
from admissions.states import CandidacyState, DecisionAction, DecisionState, SittingState
from campaigns.calendar.effects import Due
from campaigns.models import Milestone, Outcome
from campaigns.vocabulary import AdmissionWay, OutcomeKind
from common.journal import SYSTEM, Stamp
from common.moves import move_all
from common.rules import Refusal, Verdict

ON_RESULTS = Q(programme__admission=AdmissionWay.RESULTS)
CHUNK = 500  # candidacies held in memory at once, each with a handful of rows


def waiting_for(milestone: Milestone) -> QuerySet[Candidacy]:
    """In selection at a stage whose results that milestone announces."""
    return Candidacy.objects.filter(state=CandidacyState.IN_SELECTION, stage__announce=milestone)


def decided_for(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those of them that the jury has decided on."""
    recorded = Decision.objects.filter(
        candidacy=OuterRef("pk"), stage=OuterRef("stage"), state=DecisionState.RECORDED
    )
    return waiting_for(milestone).filter(Exists(recorded))


def to_call(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those at the very stage of a sitting that is called with that milestone."""
    planned = planned_sittings(milestone).filter(
        candidacy=OuterRef("pk"), assessment__stage=OuterRef("stage")
    )
    return Candidacy.objects.filter(Exists(planned), state=CandidacyState.IN_SELECTION)


def planned_sittings(milestone: Milestone) -> QuerySet[Sitting]:
    return Sitting.objects.filter(state=SittingState.PLANNED, assessment__called_with=milestone)


def sittings_to_come(milestone: Milestone) -> QuerySet[Sitting]:
    """Those that would be called now: at their candidacy's stage, or at the one that its decision leads to."""
    decided_here = Decision.objects.filter(
        candidacy=OuterRef("candidacy"),
        stage=OuterRef("candidacy__stage"),
        stage__announce=milestone,
        state=DecisionState.RECORDED,
    )
    stays = Q(assessment__stage=F("candidacy__stage")) & ~Exists(decided_here)
    goes_there = Exists(decided_here.filter(outcome__next_stage=OuterRef("assessment__stage")))
    return planned_sittings(milestone).filter(
        stays | goes_there, candidacy__state=CandidacyState.IN_SELECTION
    )


def in_chunks(rows: QuerySet[Candidacy]) -> Iterator[list[Candidacy]]:
    """Locked, in the order of their keys: two commands that lock several never wait for each other.

    The keys are read once, as all that waits is sorted to find them; a row that left meanwhile is not in its chunk.
    """
    related = ("application__campaign", "application__person__user", "programme")
    ordered = rows.select_for_update(of=("self",)).select_related(*related).order_by("pk")
    for keys in _batches(rows.order_by("pk").values_list("pk", flat=True), CHUNK):
        if chunk := list(ordered.filter(pk__in=keys)):
            yield chunk


def _batches(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    left = iter(keys)
    while batch := list(islice(left, size)):
        yield batch


def announce(due: Due) -> Mapping[str, int]:
    """Tell what is decided at the stages of a milestone, and call those whom the jury chose to the tests told with it.

    A late run does the same: what was announced before is no longer there to announce.
    Decisions are written before candidacies, these before sittings, then the messages; places come last, under the
    lock of their dossiers, which are locked first, and of their pools, locked once.
    """
    stamp = Stamp.of(SYSTEM, due.now, milestone=due.milestone.key, run=due.run.revision)
    announced = called = 0
    lock_dossiers(decided_for(due.milestone).filter(ON_RESULTS))
    accepted: list[Candidacy] = []
    for candidacies in in_chunks(decided_for(due.milestone)):
        decisions = _open_decisions(candidacies, stamp)
        called += len(_call([decision.candidacy for decision in decisions], due, stamp))
        announced += len(decisions)
        accepted += _on_results(decisions)
        tell_decisions(decisions, now=due.now)
    for candidacies in in_chunks(to_call(due.milestone)):
        sittings = _call(candidacies, due, stamp)
        called += len(sittings)
        tell_calls(sittings, milestone=due.milestone, revision=due.run.revision, now=due.now)
    seat_accepted(accepted, stamp)
    undecided = tell_undecided(
        waiting_for(due.milestone), milestone=due.milestone, revision=due.run.revision, now=due.now
    )
    return {"announced": announced, "called": called, "undecided": undecided}


def _on_results(decisions: Iterable[Decision]) -> list[Candidacy]:
    """Those accepted whom nothing else admits: no more than the places, or not many more."""
    accepted = [row.candidacy for row in decisions if row.outcome.kind is OutcomeKind.ACCEPTED]
    return [row for row in accepted if row.programme.admission is AdmissionWay.RESULTS]


def preview(milestone: Milestone, _now: datetime) -> Mapping[str, int]:
    """What it would tell now, in figures that say nothing of any outcome."""
    waiting, decided = waiting_for(milestone).count(), decided_for(milestone).count()
    called = sittings_to_come(milestone).count()
    return {"announced": decided, "called": called, "undecided": waiting - decided}


def against_announcing(milestone: Milestone, now: datetime) -> Verdict:
    """What two people cannot agree to tell, by what the jury recorded."""
    recorded = Decision.objects.filter(
        candidacy=OuterRef("pk"),
        stage=OuterRef("stage"),
        state=DecisionState.RECORDED,
        outcome__kind=OutcomeKind.ACCEPTED,
    )
    accepted = decided_for(milestone).filter(Exists(recorded))
    refusals = []
    if not _fit(accepted, milestone, now):
        refusals.append(Refusal("more_accepted_than_places"))
    if eliminating_of(accepted.values("pk")):
        refusals.append(Refusal("mark_eliminates_accepted"))
    if lacks_jury_tests(milestone, decided_for(milestone)):
        refusals.append(Refusal("call_lacks_jury_tests"))
    return Verdict(tuple(refusals))


def _fit(accepted: QuerySet[Candidacy], milestone: Milestone, now: datetime) -> bool:
    """Where the results alone give the place, no more are accepted than places are left (R-PLA-5)."""
    rows = accepted.filter(ON_RESULTS).select_related("programme")
    asked = Counter(row.programme.pool_id for row in without_a_seat(rows))
    return all(
        asked[count.pool.pk] <= max(0, count.left - count.queued)
        for count in count_pools(milestone.campaign, now)
    )


def _open_decisions(candidacies: Sequence[Candidacy], stamp: Stamp) -> list[Decision]:
    """Announce what is recorded for locked candidacies, and move them along the graph."""
    decisions = _recorded(candidacies)
    announce_decisions(decisions, stamp.at)
    by_outcome: dict[Outcome, list[Candidacy]] = defaultdict(list)
    for decision in decisions:
        by_outcome[decision.outcome].append(decision.candidacy)
    for outcome, rows in by_outcome.items():
        named = replace(
            stamp, data={**stamp.data, "stage": outcome.stage.key, "outcome": outcome.key}
        )
        action = ANNOUNCING[outcome.kind]
        move_all(rows, action, named, outcome=outcome, told_at=stamp.at, stage=outcome.next_stage)
    return decisions


def announce_decisions(decisions: Sequence[Decision], at: datetime) -> None:
    """Announce locked decisions in one statement. The entry is that of the candidacy which the decision moves."""
    move_all(decisions, DecisionAction.ANNOUNCE, None, announced_at=at)


def _recorded(candidacies: Sequence[Candidacy]) -> list[Decision]:
    """Read again under the lock: one that was undone while we waited for it is not there."""
    at_stage = {candidacy.pk: candidacy for candidacy in candidacies}
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "outcome__stage", "outcome__next_stage"
    )
    found = rows.filter(candidacy__in=candidacies, state=DecisionState.RECORDED).order_by(
        "candidacy_id"
    )
    decisions = [row for row in found if row.stage_id == at_stage[row.candidacy_id].stage_id]
    for decision in decisions:
        decision.candidacy = at_stage[decision.candidacy_id]
    return decisions


def _call(candidacies: Sequence[Candidacy], due: Due, stamp: Stamp) -> list[Sitting]:
    """Call locked candidacies to what is planned for them at the stage where they now are."""
    there = {candidacy.pk: candidacy for candidacy in candidacies}
    rows = (
        planned_sittings(due.milestone).select_for_update(of=("self",)).select_related("assessment")
    )
    found = rows.filter(candidacy__in=candidacies).order_by(
        "candidacy_id", "assessment__position", "nature"
    )
    sittings = [row for row in found if row.assessment.stage_id == there[row.candidacy_id].stage_id]
    for sitting in sittings:
        sitting.candidacy = there[sitting.candidacy_id]
    call_sittings(sittings, stamp)
    return sittings
