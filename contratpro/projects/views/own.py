"""The student's page of the company project, under /contrat-pro/<ref>/project/. For anyone else it does not exist."""

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from contratpro.projects.forms import ReportForm
from contratpro.projects.presentation import (
    PASSED_WORDS,
    evaluation_rows,
    lacks_of_student,
    points,
    weighed,
)
from contratpro.projects.requests import report_or_404, tell_deposit
from contratpro.projects.rules import may_deposit
from contratpro.projects.selectors import (
    due_of_report,
    evaluation_of,
    project_for,
    published_marks,
    reports_of,
    standing_of_project,
)
from contratpro.projects.services.marking import deposit_report
from contratpro.steps.rules import UNCONFIRMED
from contratpro.steps.selectors import today_of
from contratpro.students.requests import own_student_or_404
from contratpro.year.selectors import year_now


@require_http_methods(["GET", "POST"])
def own_project(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What is handed in and what lacks; the report may be deposited; marks, once they are published."""
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    said = year_now(student.year)
    project = project_for(student)
    standing, reports = standing_of_project(project), reports_of(project)
    due = due_of_report(student)
    form = ReportForm(said=said)
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, said=said)
        if form.is_valid():
            report = form.cleaned_data["report"]
            depositing = partial(deposit_report, ref=ref, report=report, actor=request.user)
            if attempt(form, partial(depositing, now=request.received_at)):
                tell_deposit(request, reports, reports_of(project_for(student)))
                return redirect("contract_project", ref=ref)
    published = published_marks(project)
    context = {
        "student": student,
        "said": said,
        "due": due,
        "is_late": due is not None and today_of(student.year, request.received_at) > due,
        "project": project,
        "passed_word": PASSED_WORDS[project.passed_channel] if project.passed_channel else "",
        "reports": reports,
        "form": form if may_deposit(standing) else None,
        "lacks": lacks_of_student(standing) if may_deposit(standing) else [],
        "published": published,
        "mark": points(published.mark) if published else None,
        "weighed": weighed(published, said) if published else [],
        "evaluation": evaluation_rows(evaluation_of(project)) if published else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contratpro/projects/own.html", context, status=status)


@require_safe
def own_report(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    project = project_for(own_student_or_404(request.user, ref))
    return serve_file(report_or_404(reports_of(project), number).file)
