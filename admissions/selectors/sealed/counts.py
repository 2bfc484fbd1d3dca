"""How far the jury is: candidacies at each stage, by what stands for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, FilteredRelation, Q

from admissions.models import Candidacy
from admissions.models.sealed import STANDING, Conflict, Decision
from admissions.rules.moves import DecisionState
from admissions.selectors.sealed.benches import Bench, without_conflict
from campaigns.models import Selection, Stage


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
    rows = without_conflict(user, Candidacy.objects.filter(stage__isnull=False, programme__in=programmes))
    standing = Q(decisions__stage=F("stage"), decisions__state__in=STANDING)
    grouped = rows.annotate(standing=FilteredRelation("decisions", condition=standing)).order_by()
    for stage, state, outcome, number in grouped.values_list("stage", "standing__state", "standing__outcome").annotate(
        number=Count("*")
    ):
        _count(counts[stage], state, outcome, number)
    told = Decision.objects.filter(state=DecisionState.ANNOUNCED.value, candidacy__programme__in=programmes)
    known = Conflict.objects.filter(user=user).values("application")
    for stage, number in (
        told.exclude(candidacy__application__in=known).order_by().values_list("stage").annotate(number=Count("*"))
    ):
        counts[stage].announced = number
    return counts


def stages_of(benches: Sequence[Bench]) -> dict[int, list[Stage]]:
    """The stages of each selection, in order."""
    stages = Stage.objects.filter(selection__in=[bench.selection for bench in benches]).select_related(
        "announce", "selection__campaign"
    )
    found: dict[int, list[Stage]] = defaultdict(list)
    for stage in stages.order_by("selection", "position"):
        found[stage.selection_id].append(stage)
    return found


def stage_or_none(selection: Selection, key: str) -> Stage | None:
    rows = Stage.objects.filter(selection=selection, key=key).select_related("announce", "selection__campaign")
    return rows.prefetch_related("outcomes__next_stage__assessments", "assessments__called_with").first()


def _count(counts: Counts, state: str | None, outcome: int | None, number: int) -> None:
    if state == DecisionState.RECORDED.value and outcome:
        counts.recorded += number
        counts.outcomes[outcome] = number
    elif state == DecisionState.PROPOSED.value:
        counts.proposed += number
    elif state is None:
        counts.undecided += number
