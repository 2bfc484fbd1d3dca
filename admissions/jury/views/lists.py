"""What someone studies: their juries, then the candidacies of a stage."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from admissions.jury.forms import TO_DECIDE, JuryFilter
from admissions.jury.selectors.candidacies import (
    NAME,
    ORDERS,
    WAITING,
    Bench,
    Counts,
    ListPosition,
    announcements,
    at_stage,
    bench_of,
    benches_of,
    counts_of,
    in_order,
    place_of,
    stage_or_none,
    stages_of,
)
from admissions.models import Candidacy
from campaigns.models import Selection, Stage


@dataclass(frozen=True, slots=True)
class Table:
    """A stage before someone, with the filters that the address keeps from page to page."""

    bench: Bench
    stage: Stage
    asked: QueryDict
    found: JuryFilter

    @property
    def rows(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.found.qs
        return found

    @property
    def order(self) -> str:
        asked = self.asked.get("order", NAME)
        return asked if asked in ORDERS else NAME

    @property
    def ordered(self) -> QuerySet[Any]:
        return in_order(self.rows, self.order)

    @property
    def query(self) -> str:
        """The filters, without the page."""
        kept = self.asked.copy()
        kept.pop("page", None)
        for name in [name for name, value in kept.items() if not value and name != "decision"]:
            del kept[name]
        return kept.urlencode()

    @property
    def where(self) -> dict[str, str]:
        selection = self.stage.selection
        return {
            "slug": selection.campaign.slug,
            "selection": selection.key,
            "stage": self.stage.key,
        }

    def address(self, name: str, **words: str) -> str:
        query = self.query
        return reverse(name, kwargs=self.where | words) + (f"?{query}" if query else "")

    def place(self, ref: str) -> ListPosition | None:
        return place_of(ref, self.rows, self.order)

    def next_to_decide(self, candidacy: Candidacy) -> str | None:
        """After that one in the list, what is not recorded yet; at the end of the list, from its beginning."""
        place = place_of(candidacy.ref, self.rows.filter(WAITING | Q(pk=candidacy.pk)), self.order)
        if place and place.next:
            return place.next
        others = in_order(self.rows.filter(WAITING).exclude(pk=candidacy.pk), self.order)
        first: str | None = others.values_list("ref", flat=True).first()
        return first


def table_or_404(request: PersonRequest, slug: str, selection: str, stage: str) -> Table:
    """The stage as `request.user` studies it; 404 if they study nothing of its selection."""
    selected = (
        Selection.objects.select_related("campaign")
        .filter(campaign__slug=slug, key=selection)
        .first()
    )
    bench = bench_of(request.user, selected) if selected else None
    if bench is None or selected is None:
        raise Http404
    row = stage_or_none(selected, stage)
    if row is None:
        raise Http404
    asked = _asked(request)
    return Table(bench, row, asked, JuryFilter(asked, at_stage(bench, row), bench=bench, stage=row))


def _asked(request: HttpRequest) -> QueryDict:
    """At first, what is to be decided."""
    asked = request.GET.copy()
    asked.setdefault("decision", TO_DECIDE)
    asked.setdefault("order", NAME)
    return asked


PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class JuryRow:
    bench: Bench
    stages: list[tuple[Stage, Counts]]


@require_safe
def juries(request: PersonRequest) -> HttpResponseBase:
    """Each selection that someone studies, with how far each of its stages is."""
    if not schools_of(request.user, Role.JUROR, Role.PRESIDENT).exists():
        raise Http404
    benches = benches_of(request.user)
    counts, stages = counts_of(benches), stages_of(benches)
    rows = [
        JuryRow(bench, [(stage, counts[stage.pk]) for stage in stages[bench.selection.pk]])
        for bench in benches
    ]
    runs = announcements([stage for row in rows for stage, _ in row.stages])
    return render(request, "admissions/jury/juries.html", {"juries": rows, "runs": runs})


@require_safe
def stage_list(request: PersonRequest, slug: str, selection: str, stage: str) -> HttpResponseBase:
    table = table_or_404(request, slug, selection, stage)
    page = Paginator(table.ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "table": table,
        "page": page,
        "query": table.query,
        "counts": counts_of([table.bench])[table.stage.pk],
        "runs": announcements([table.stage]),
    }
    return render(request, "admissions/jury/stage.html", context)
