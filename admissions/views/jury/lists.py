"""What someone studies: their juries, then the candidacies of a stage."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Role
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from admissions.selectors.sealed.benches import Bench, benches_of
from admissions.selectors.sealed.calls import announcements
from admissions.selectors.sealed.counts import Counts, counts_of, stages_of
from admissions.views.jury.table import table_or_404
from campaigns.models import Stage

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
    rows = [JuryRow(bench, [(stage, counts[stage.pk]) for stage in stages[bench.selection.pk]]) for bench in benches]
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
