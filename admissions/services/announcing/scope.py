"""What a milestone opens: who waits at the stages that it announces, and the sittings that are called with it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from admissions.models import Candidacy
from admissions.models.sealed import Decision, Sitting
from admissions.rules.moves import CandidacyState, DecisionState, SittingState
from campaigns.models import Milestone

CHUNK = 500  # candidacies held in memory at once, each with a handful of rows


def waiting(milestone: Milestone) -> QuerySet[Candidacy]:
    """In selection at a stage whose results that milestone announces."""
    return Candidacy.objects.filter(state=CandidacyState.IN_SELECTION.value, stage__announce=milestone)


def decided(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those of them that the jury has decided on."""
    recorded = Decision.objects.filter(
        candidacy=OuterRef("pk"), stage=OuterRef("stage"), state=DecisionState.RECORDED.value
    )
    return waiting(milestone).filter(Exists(recorded))


def to_call(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those at the very stage of a sitting that is called with that milestone."""
    planned = planned_sittings(milestone).filter(candidacy=OuterRef("pk"), assessment__stage=OuterRef("stage"))
    return Candidacy.objects.filter(Exists(planned), state=CandidacyState.IN_SELECTION.value)


def planned_sittings(milestone: Milestone) -> QuerySet[Sitting]:
    return Sitting.objects.filter(state=SittingState.PLANNED.value, assessment__called_with=milestone)


def sittings_to_come(milestone: Milestone) -> QuerySet[Sitting]:
    """Those that would be called now: at their candidacy's stage, or at the one that its decision leads to."""
    decided_here = Decision.objects.filter(
        candidacy=OuterRef("candidacy"),
        stage=OuterRef("candidacy__stage"),
        stage__announce=milestone,
        state=DecisionState.RECORDED.value,
    )
    stays = Q(assessment__stage=F("candidacy__stage")) & ~Exists(decided_here)
    goes_there = Exists(decided_here.filter(outcome__next_stage=OuterRef("assessment__stage")))
    return planned_sittings(milestone).filter(stays | goes_there, candidacy__state=CandidacyState.IN_SELECTION.value)


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
