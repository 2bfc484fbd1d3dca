"""The cohort of a year at a glance, under /admin/contrat-pro/<year>/overview/."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from contratpro.invoices.selectors import standings_in
from contratpro.overview.presentation import (
    hours_plot,
    invoices_plot,
    late_plot,
    mark_plots,
    paper_plots,
    steps_plot,
)
from contratpro.overview.rules import counted_stages, invoice_lots, late_by_party
from contratpro.overview.selectors import (
    bound_by_papers,
    hours_by_department,
    overseen,
    paper_stages,
)
from contratpro.steps.selectors import cohort, today_of
from contratpro.students.permissions import can_handle
from contratpro.students.requests import overseen_year_or_404
from contratpro.transcript.selectors import transcript


@require_safe
def contract_overview(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = overseen_year_or_404(request.user, year_slug)
    students = overseen(year)
    progress = cohort(students, year, request.received_at)
    stages = paper_stages(bound_by_papers(students))
    lots = invoice_lots(standings_in(year), today_of(year, request.received_at))
    context = {
        "year": year,
        "may_handle": bool(can_handle(request.user, year)),
        "students": len(progress),
        "bound": len(stages),
        "late": late_plot(year, late_by_party(one.steps for one in progress)),
        "steps": steps_plot(year, progress),
        "papers": paper_plots(year, counted_stages(stages.values())),
        "hours": hours_plot(year, hours_by_department(students)),
        "marks": mark_plots(year, transcript(year, request.received_at)),
        "invoices": invoices_plot(year, lots),
    }
    return render(request, "contratpro/overview/page.html", context)
