"""A company project for those who work with its student: read, marked, passed on, published; a page for each act."""

from dataclasses import replace
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from common.rules import Verdict
from contratpro.models import CompanyProject, StudentFile
from contratpro.projects.forms import (
    AskTutorForm,
    PassedOnForm,
    ReportMarkForm,
    reopening_field,
)
from contratpro.projects.permissions import can_follow, can_mark
from contratpro.projects.presentation import (
    EVALUATION_SIGNS,
    PASSED_WORDS,
    before_asking,
    before_marking,
    before_publishing,
    before_reopening,
    before_taking_back,
    evaluation_rows,
    is_published,
    lacks_of_tutor,
    points,
    weighed,
)
from contratpro.projects.requests import report_or_404
from contratpro.projects.rules import (
    may_ask,
    may_mark,
    may_pass_on,
    may_publish,
    may_reopen,
    may_take_back,
    project_mark,
)
from contratpro.projects.selectors import (
    due_of_report,
    evaluation_of,
    marks_of,
    project_for,
    reports_of,
    shares_of,
    standing_of_project,
    tutor_address,
    verdict_on_publishing,
)
from contratpro.projects.services.evaluating import ask_company_tutor, reopen_evaluation
from contratpro.projects.services.marking import (
    mark_report,
    pass_on,
    publish_mark,
    take_mark_back,
)
from contratpro.steps.selectors import scale_for, today_of
from contratpro.students.permissions import can_handle
from contratpro.students.requests import student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ReasonForm, Typed, ask_why, perform


@require_safe
def student_project(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    said, project = year_now(student.year), project_for(student)
    standing, marks = standing_of_project(project), marks_of(project, request.received_at)
    evaluation = evaluation_of(project)
    reports = reports_of(project)
    handles = bool(can_handle(request.user, student.year))
    follows = bool(can_follow(request.user, student))
    context = {
        "student": student,
        "said": said,
        "due": due_of_report(student),
        "project": project,
        "passed_word": PASSED_WORDS[project.passed_channel] if project.passed_channel else "",
        "reports": reports,
        "is_later_report": bool(reports) and (project.marked_report or 0) < reports[0].number,
        "evaluation": evaluation,
        "sign": EVALUATION_SIGNS[evaluation.state] if evaluation else None,
        "rows": evaluation_rows(evaluation),
        "weighed": weighed(marks, said),
        "would_be": points(project_mark(marks, shares_of(said))),
        "mark": points(project.mark),
        "lacks": [] if is_published(project) else lacks_of_tutor(standing, marks),
        "may_ask": follows and bool(may_ask(standing, 0)),
        "may_reopen": follows and bool(may_reopen(standing)),
        "may_mark": bool(can_mark(request.user, student)) and bool(may_mark(standing, None, 0)),
        "may_pass_on": follows and bool(may_pass_on(standing, None, _today(request, student))),
        "may_publish": handles and bool(may_publish(standing, marks)),
        "may_take_back": handles and is_published(project),
    }
    return render(request, "contratpro/projects/student.html", context)


@require_safe
def report(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    project = project_for(student_or_404(request.user, ref))
    return serve_file(report_or_404(reports_of(project), number).file)


@require_safe
def proof(request: PersonRequest, ref: str) -> HttpResponseBase:
    project = project_for(student_or_404(request.user, ref))
    if project.passed_proof is None:
        raise Http404
    return serve_file(project.passed_proof)


@require_http_methods(["GET", "POST"])
def follow_act(request: PersonRequest, ref: str, act: Act[CompanyProject]) -> HttpResponseBase:
    """What the school tutor does, or the office for them."""
    student = student_or_404(request.user, ref)
    return _perform(request, act, student, can_follow(request.user, student))


@require_http_methods(["GET", "POST"])
def mark_act(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    return _perform(request, MARK_REPORT, student, can_mark(request.user, student))


@require_http_methods(["GET", "POST"])
def office_act(request: PersonRequest, ref: str, act: Act[CompanyProject]) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    return _perform(request, act, student, can_handle(request.user, student.year))


@require_http_methods(["GET", "POST"])
def publish_act(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The page says what lacks today."""
    now = request.received_at
    act = replace(PUBLISH, against=lambda project: verdict_on_publishing(project, now))
    return office_act(request, ref, act)


@require_http_methods(["GET", "POST"])
def pass_on_act(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Report and evaluation went to the registrar: the day, how, and the proof if there is one."""
    student = student_or_404(request.user, ref)
    if not can_follow(request.user, student) or not project_for(student).pk:
        raise Http404
    form = PassedOnForm()
    if request.method == "POST":
        form = PassedOnForm(request.POST, request.FILES)
        if form.is_valid():
            passing = partial(pass_on, ref=ref, **form.cleaned_data)
            if attempt(form, partial(passing, actor=request.user, now=request.received_at)):
                messages.success(request, _("It is on record that both papers are passed on."))
                return redirect("student_project", ref=ref)
    context = {"student": student, "form": form, "due": due_of_report(student)}
    status = 422 if request.method == "POST" else 200
    return render(request, "contratpro/projects/pass_on.html", context, status=status)


def _perform(
    request: PersonRequest, act: Act[CompanyProject], student: StudentFile, allowed: Verdict
) -> HttpResponseBase:
    project = project_for(student)
    if not allowed or (not project.pk and act is not ASK):
        raise Http404
    aim = Aim(
        thing=project,
        named={"ref": student.ref},
        about=student.full_name,
        back=reverse("student_project", kwargs={"ref": student.ref}),
        detail=str(_("Company project of semester 9")),
    )
    return perform(request, act, aim)


def _today(request: PersonRequest, student: StudentFile) -> date:
    return today_of(student.year, request.received_at)


def _mark_form(project: CompanyProject, typed: Typed) -> ReportMarkForm:
    last = next(iter(reports_of(project)), None)
    return ReportMarkForm(
        typed,
        out_of=scale_for(project.student).out_of,
        initial={"report": last.number if last else 0},
    )


ASK = Act[CompanyProject](
    command=ask_company_tutor,
    title=gettext_lazy("Ask the company tutor for the evaluation"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company tutor."),
    says=before_asking,
    against=lambda project: may_ask(standing_of_project(project), 0),
    form=lambda project, typed: AskTutorForm(
        typed, initial={"email": tutor_address(project.student)}
    ),
)
REOPEN = Act[CompanyProject](
    command=reopen_evaluation,
    title=gettext_lazy("Ask the company tutor for a correction"),
    button=gettext_lazy("Ask for another version"),
    done=gettext_lazy("The company tutor is asked for another version."),
    says=before_reopening,
    against=lambda project: may_reopen(standing_of_project(project)),
    form=lambda _project, typed: ReasonForm(typed, reopening_field()),
)
MARK_REPORT = Act[CompanyProject](
    command=mark_report,
    title=gettext_lazy("Mark the report"),
    button=gettext_lazy("Give this mark"),
    done=gettext_lazy("The mark of the report is kept."),
    says=before_marking,
    against=lambda project: may_mark(standing_of_project(project), None, 0),
    form=_mark_form,
)
PUBLISH = Act[CompanyProject](
    command=publish_mark,
    title=gettext_lazy("Publish the mark of the company project"),
    button=gettext_lazy("Publish the mark"),
    done=gettext_lazy("The mark is published, and the student is told."),
    says=before_publishing,
)
TAKE_BACK = Act[CompanyProject](
    command=take_mark_back,
    title=gettext_lazy("Take the published mark back"),
    button=gettext_lazy("Take it back"),
    done=gettext_lazy("The mark is no longer published."),
    says=before_taking_back,
    against=lambda project: may_take_back(project.state),
    form=ask_why(),
    danger=True,
)
