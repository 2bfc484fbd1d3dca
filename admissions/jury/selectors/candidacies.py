"""The candidacies of a stage, as those see them who study them, and how far the jury is: see `candidacy_at_stage…`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import (
    Avg,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import Lag, Lead, RowNumber

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Conflict, Decision, JuryMember, Mark, Sitting
from admissions.states import AWAITED_SITTINGS, DecisionState, SittingState
from campaigns.models import Milestone, MilestoneRun, Programme, Selection, Stage
from campaigns.states import OPEN_STATES, RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What someone studies of a selection, and over which of these programmes they preside."""

    user: User
    selection: Selection
    programmes: tuple[Programme, ...]
    presided: frozenset[int]

    @property
    def ids(self) -> list[int]:
        return [programme.pk for programme in self.programmes]


def judged_programmes(user: User) -> QuerySet[Any]:
    """The programmes whose candidacies `user` studies; `presided` says whether it is as a president."""
    grants = RoleGrant.objects.filter(user=user, user__is_active=True, school=OuterRef("school"))
    seats = JuryMember.objects.filter(
        Q(programme__isnull=True) | Q(programme=OuterRef("pk")),
        user=user,
        selection=OuterRef("selection"),
    )
    presided = Exists(grants.filter(role=Role.PRESIDENT))
    assigned = Exists(seats) & Exists(grants.filter(role=Role.JUROR))
    return Programme.objects.annotate(presided=presided).filter(Q(presided=True) | assigned)


def benches_of(user: User) -> tuple[Bench, ...]:
    """All that `user` studies, the latest campaign first."""
    rows = judged_programmes(user).select_related("selection__campaign")
    in_order = rows.order_by(
        "-campaign__opens_at", "campaign__slug", "selection__position", "position"
    )
    return tuple(_benches(user, in_order))


def bench_of(user: User, selection: Selection) -> Bench | None:
    return next(
        _benches(user, judged_programmes(user).filter(selection=selection).order_by("position")),
        None,
    )


def is_judged_by(user: User, candidacy: Candidacy) -> bool:
    """Whether a candidacy is at a stage, is assigned to `user`, and of nobody that `user` knows."""
    if candidacy.stage_id is None:
        return False
    known = Conflict.objects.filter(user=user, application=candidacy.application_id)
    return judged_programmes(user).filter(~Exists(known), pk=candidacy.programme_id).exists()


def is_presided_by(user: User, candidacy: Candidacy) -> bool:
    return judged_programmes(user).filter(pk=candidacy.programme_id, presided=True).exists()


def in_conflict(user: User, application_id: int) -> bool:
    return Conflict.objects.filter(user=user, application=application_id).exists()


def without_conflict(user: User, candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    return candidacies.exclude(
        Exists(Conflict.objects.filter(user=user, application=OuterRef("application")))
    )


def _benches(user: User, programmes: Iterable[Any]) -> Iterator[Bench]:
    by_selection: dict[int, list[Any]] = {}
    for programme in programmes:
        by_selection.setdefault(programme.selection_id, []).append(programme)
    for rows in by_selection.values():
        presided = frozenset(row.pk for row in rows if row.presided)
        yield Bench(
            user=user, selection=rows[0].selection, programmes=tuple(rows), presided=presided
        )


AVERAGED_OUT_OF = 20.0  # a float: the division is not one of integers
NAME, AVERAGE, RECEIVED = "name", "average", "received"
ORDERS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        NAME: (F("sort_key"), F("pk")),
        AVERAGE: (F("average").desc(nulls_last=True), F("sort_key"), F("pk")),
        RECEIVED: (F("received_at"), F("pk")),
    }
)
WAITING = Q(decided__isnull=True) | Q(
    decided=DecisionState.PROPOSED
)  # of the annotations of `at_stage`
TO_MARK = [SittingState.SAT, *AWAITED_SITTINGS]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPosition:
    """Where a candidacy is in a list, and what is around it."""

    number: int
    previous: str | None
    next: str | None


def at_stage(bench: Bench, stage: Stage) -> QuerySet[Any]:
    """What someone studies at a stage, each with what stands for it: `decided` is None, or a state."""
    rows = Candidacy.objects.filter(stage=stage, programme__in=bench.ids)
    standing = Q(decisions__stage=stage.pk, decisions__state__in=STANDING)
    annotated = without_conflict(bench.user, rows).annotate(
        standing=FilteredRelation("decisions", condition=standing),
        decided=F("standing__state"),
        outcome_decided=F("standing__outcome"),
    )
    return annotated.annotate(average=Subquery(_averages(bench, stage))).select_related(
        "application__person__user", "programme"
    )


def in_order(rows: QuerySet[Any], order: str) -> QuerySet[Any]:
    return rows.order_by(*ORDERS[order])


def lacking_marks_of(user: User, stage: Stage, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those called to a test of the stage which `user` has not marked."""
    own = _same_test(Mark.objects.filter(by=user))
    to_mark = Sitting.objects.filter(
        candidacy=OuterRef("pk"), assessment__stage=stage, state__in=TO_MARK
    )
    return rows.filter(Exists(to_mark.exclude(Exists(own))))


def _same_test(marks: QuerySet[Mark]) -> QuerySet[Mark]:
    """Those of the sitting, or of the mark, of the outer query."""
    return marks.filter(
        candidacy=OuterRef("candidacy"),
        assessment=OuterRef("assessment"),
        nature=OuterRef("nature"),
    )


def visible_marks(bench: Bench) -> QuerySet[Mark]:
    """One's own at once, those of others once one's own is given; all to who presides."""
    own = _same_test(Mark.objects.filter(by=bench.user))
    return Mark.objects.filter(Q(candidacy__programme__in=bench.presided) | Exists(own))


def place_of(ref: str, rows: QuerySet[Any], order: str) -> ListPosition | None:
    """None if the candidacy is not among those rows."""
    by = ORDERS[order]
    windows = {
        "number": Window(RowNumber(), order_by=by),
        "before": Window(Lag("ref"), order_by=by),
        "after": Window(Lead("ref"), order_by=by),
        "here": Window(
            Max("ref"), partition_by=F("pk")
        ),  # Django would filter by a plain column before numbering
    }
    numbered = rows.select_related(None).annotate(**windows).filter(here=ref)
    found = numbered.values_list("number", "before", "after").first()
    return ListPosition(number=found[0], previous=found[1], next=found[2]) if found else None


def _averages(bench: Bench, stage: Stage) -> QuerySet[Any]:
    """Out of `AVERAGED_OUT_OF`, so that tests of different scales weigh alike."""
    marks = visible_marks(bench).filter(candidacy=OuterRef("pk"), assessment__stage=stage)
    return (
        marks.order_by()
        .values("candidacy")
        .annotate(average=Avg(F("hundredths") * AVERAGED_OUT_OF / F("scale")))
        .values("average")
    )


@dataclass(slots=True, kw_only=True)
class Counts:
    """Of one stage. `outcomes` counts what is recorded, by outcome."""

    undecided: int = 0
    proposed: int = 0
    recorded: int = 0
    announced: int = 0
    outcomes: dict[int, int] = field(default_factory=dict)

    @property
    def present(self) -> int:
        return self.undecided + self.proposed + self.recorded

    @property
    def to_decide(self) -> int:
        return self.undecided + self.proposed


def counts_of(benches: Sequence[Bench]) -> dict[int, Counts]:
    """By stage. Two queries, whatever the number of stages and of candidacies."""
    counts: dict[int, Counts] = defaultdict(Counts)
    if not benches:
        return counts
    user, programmes = benches[0].user, [programme for bench in benches for programme in bench.ids]
    rows = without_conflict(
        user, Candidacy.objects.filter(stage__isnull=False, programme__in=programmes)
    )
    standing = Q(decisions__stage=F("stage"), decisions__state__in=STANDING)
    grouped = rows.annotate(standing=FilteredRelation("decisions", condition=standing)).order_by()
    for stage, state, outcome, number in grouped.values_list(
        "stage", "standing__state", "standing__outcome"
    ).annotate(number=Count("*")):
        _count(counts[stage], state, outcome, number)
    told = Decision.objects.filter(
        state=DecisionState.ANNOUNCED, candidacy__programme__in=programmes
    )
    known = Conflict.objects.filter(user=user).values("application")
    for stage, number in (
        told.exclude(candidacy__application__in=known)
        .order_by()
        .values_list("stage")
        .annotate(number=Count("*"))
    ):
        counts[stage].announced = number
    return counts


def stages_of(benches: Sequence[Bench]) -> dict[int, list[Stage]]:
    """The stages of each selection, in order."""
    stages = Stage.objects.filter(
        selection__in=[bench.selection for bench in benches]
    ).select_related("announce", "selection__campaign")
    found: dict[int, list[Stage]] = defaultdict(list)
    for stage in stages.order_by("selection", "position"):
        found[stage.selection_id].append(stage)
    return found


def stage_or_none(selection: Selection, key: str) -> Stage | None:
    rows = Stage.objects.filter(selection=selection, key=key).select_related(
        "announce", "selection__campaign"
    )
    return rows.prefetch_related(
        "outcomes__next_stage__assessments", "assessments__called_with"
    ).first()


def _count(counts: Counts, state: str | None, outcome: int | None, number: int) -> None:
    if state == DecisionState.RECORDED and outcome:
        counts.recorded += number
        counts.outcomes[outcome] = number
    elif state == DecisionState.PROPOSED:
        counts.proposed += number
    elif state is None:
        counts.undecided += number


GONE = {RunState.RUNNING, RunState.DONE}
OPEN = set(OPEN_STATES)


def is_announced(milestone: Milestone, now: datetime) -> bool:
    """Whether an announcement was made: nobody is called any more by what it told."""
    states = set(MilestoneRun.objects.filter(milestone=milestone).values_list("state", flat=True))
    if states & GONE:
        return True
    day = milestone.starts_at or milestone.ends_at
    return not states & OPEN and day is not None and day <= now


def announcements(stages: Iterable[Stage]) -> dict[int, MilestoneRun]:
    """The last run of what announces each stage, by the stage's id."""
    of_stage = {stage.pk: stage.announce_id for stage in stages}
    runs = MilestoneRun.objects.filter(milestone__in=of_stage.values()).order_by("revision")
    last = {run.milestone_id: run for run in runs}
    return {stage: last[milestone] for stage, milestone in of_stage.items() if milestone in last}
