"""The candidacies of a stage, as those see them who study them: see the indexes `candidacy_at_stage…`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Avg, Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Lag, Lead, RowNumber

from accounts.models import User
from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Mark, Sitting
from admissions.rules.moves import AWAITED_SITTINGS, DecisionState, SittingState
from admissions.selectors.sealed.benches import Bench, without_conflict
from campaigns.models import Stage

AVERAGED_OUT_OF = 20.0  # a float: the division is not one of integers
NAME, AVERAGE, RECEIVED = "name", "average", "received"
ORDERS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        NAME: (F("sort_key"), F("pk")),
        AVERAGE: (F("average").desc(nulls_last=True), F("sort_key"), F("pk")),
        RECEIVED: (F("received_at"), F("pk")),
    }
)
WAITING = Q(decided__isnull=True) | Q(decided=DecisionState.PROPOSED.value)  # of the annotations of `at_stage`
TO_MARK = [SittingState.SAT.value, *(state.value for state in AWAITED_SITTINGS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
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
    own = Mark.objects.filter(candidacy=OuterRef("candidacy"), assessment=OuterRef("assessment"), by=user)
    to_mark = Sitting.objects.filter(candidacy=OuterRef("pk"), assessment__stage=stage, state__in=TO_MARK)
    return rows.filter(Exists(to_mark.exclude(Exists(own))))


def visible_marks(bench: Bench) -> QuerySet[Mark]:
    """One's own at once, those of others once one's own is given; all to who presides."""
    own = Mark.objects.filter(candidacy=OuterRef("candidacy"), assessment=OuterRef("assessment"), by=bench.user)
    return Mark.objects.filter(Q(candidacy__programme__in=bench.presided) | Exists(own))


def place_of(ref: str, rows: QuerySet[Any], order: str) -> Place | None:
    """None if the candidacy is not among those rows."""
    by = ORDERS[order]
    windows = {
        "number": Window(RowNumber(), order_by=by),
        "before": Window(Lag("ref"), order_by=by),
        "after": Window(Lead("ref"), order_by=by),
        "here": Window(Max("ref"), partition_by=F("pk")),  # Django would filter by a plain column before numbering
    }
    numbered = rows.select_related(None).annotate(**windows).filter(here=ref)
    found = numbered.values_list("number", "before", "after").first()
    return Place(number=found[0], previous=found[1], next=found[2]) if found else None


def _averages(bench: Bench, stage: Stage) -> QuerySet[Any]:
    """Out of `AVERAGED_OUT_OF`, so that tests of different scales weigh alike."""
    marks = visible_marks(bench).filter(candidacy=OuterRef("pk"), assessment__stage=stage)
    return (
        marks.order_by()
        .values("candidacy")
        .annotate(average=Avg(F("hundredths") * AVERAGED_OUT_OF / F("scale")))
        .values("average")
    )
