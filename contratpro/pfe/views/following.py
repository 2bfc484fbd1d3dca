"""A final project for those who work with its student: its sheet answered, its defence organised and marked."""

from typing import TypeVar

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.pdf import MEDIA_TYPE
from common.rules import Verdict, refused
from contratpro.models import Defence, PfeSheet, StudentFile
from contratpro.pfe.forms import (
    DefenceForm,
    DefenceMarkForm,
    PfeReturnForm,
    ReportDueForm,
    SeenSheetForm,
)
from contratpro.pfe.permissions import can_approve, can_follow_pfe, can_organise
from contratpro.pfe.presentation import (
    PFE_SIGNS,
    before_approving,
    before_marking,
    before_planning,
    before_reopening,
    before_report_due,
    before_returning,
    pfe_changes,
    pfe_rows,
)
from contratpro.pfe.rules import may_answer, may_mark, may_plan, may_reopen, may_set_report_due
from contratpro.pfe.selectors import (
    approved_content,
    clashes_of,
    day_of,
    defence_of,
    due_of_pfe_report,
    ground_of_defence,
    pfe_reports_of,
    pfe_sheet_for,
    versions_of,
)
from contratpro.pfe.services.defence import (
    mark_defence,
    plan_defence,
    reopen_defence,
    set_report_due,
)
from contratpro.pfe.services.minutes import printed_minutes
from contratpro.pfe.services.sheet import approve_pfe_sheet, return_pfe_sheet
from contratpro.projects.presentation import points
from contratpro.projects.requests import report_or_404
from contratpro.states import DefenceState
from contratpro.steps.selectors import scale_for, today_of
from contratpro.students.requests import student_or_404
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, Typed, ask_why, perform

Thing = TypeVar("Thing", StudentFile, PfeSheet, Defence)


@require_safe
def student_pfe(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    sheet, defence = pfe_sheet_for(student), defence_of(student)
    versions, ground = versions_of(sheet), ground_of_defence(student)
    organises = bool(can_organise(request.user, student))
    is_planned = defence is not None and defence.state is DefenceState.PLANNED
    context = {
        "student": student,
        "said": year_now(student.year),
        "sheet": sheet,
        "sign": PFE_SIGNS[sheet.state],
        "version": versions[-1] if versions else None,
        "rows": pfe_rows(versions[-1].content) if versions else [],
        "steps": pfe_changes(versions),
        "approved_title": approved_content(student).get("title", ""),
        "defence": defence,
        "clashes": clashes_of(defence) if is_planned else [],
        "report_due": due_of_pfe_report(defence) if defence else None,
        "reports": pfe_reports_of(defence),
        "mark": points(defence.mark) if defence else None,
        "out_of": scale_for(student).out_of,
        "last_day": ground.last_day,
        "is_past": defence is not None
        and day_of(student, defence.starts_at) <= today_of(student.year, request.received_at),
        "may_answer": bool(may_answer(sheet.state)) and bool(can_approve(request.user, student)),
        "may_plan": organises and bool(may_plan(ground, None, None, None)) and not _marked(defence),
        "may_set_due": is_planned and bool(can_follow_pfe(request.user, student)),
        "may_mark": organises and is_planned,
        "may_reopen": organises and _marked(defence),
    }
    return render(request, "contratpro/pfe/student.html", context)


@require_safe
def pfe_report(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    defence = defence_of(student_or_404(request.user, ref))
    return serve_file(report_or_404(pfe_reports_of(defence), number).file)


@require_http_methods(["GET", "POST"])
def answer_pfe_sheet(request: PersonRequest, ref: str, act: Act[PfeSheet]) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    sheet = pfe_sheet_for(student)
    if not can_approve(request.user, student) or not sheet.pk or not sheet.versions.exists():
        raise Http404
    return perform(request, act, _aim(sheet, student))


@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The head, or the office for them."""
    student = student_or_404(request.user, ref)
    if not can_organise(request.user, student):
        raise Http404
    return perform(request, PLAN, _aim(student, student))


@require_http_methods(["GET", "POST"])
def report_due(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The co-tutor, or the office for them."""
    student = student_or_404(request.user, ref)
    return _on_defence(request, SET_REPORT_DUE, student, can_follow_pfe(request.user, student))


@require_http_methods(["GET", "POST"])
def defence_act(request: PersonRequest, ref: str, act: Act[Defence]) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    return _on_defence(request, act, student, can_organise(request.user, student))


@require_safe
def minutes(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Before the mark they are there to be filled in by hand."""
    student = student_or_404(request.user, ref)
    defence = defence_of(student)
    if defence is None:
        raise Http404
    named = _("minutes-%(ref)s.pdf") % {"ref": student.ref}
    response = HttpResponse(printed_minutes(defence), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{named}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _on_defence(
    request: PersonRequest, act: Act[Defence], student: StudentFile, allowed: Verdict
) -> HttpResponseBase:
    defence = defence_of(student)
    if defence is None or not allowed:
        raise Http404
    return perform(request, act, _aim(defence, student))


def _aim(thing: Thing, student: StudentFile) -> Aim[Thing]:
    return Aim(
        thing=thing,
        named={"ref": student.ref},
        about=student.full_name,
        back=reverse("student_pfe", kwargs={"ref": student.ref}),
        detail=str(_("Final project")),
    )


def _marked(defence: Defence | None) -> bool:
    return defence is not None and defence.state is DefenceState.MARKED


def _last_number(sheet: PfeSheet) -> dict[str, int]:
    return {"version": sheet.versions.count()}


def _plan_form(student: StudentFile, typed: Typed) -> DefenceForm:
    """What is planned already, to be changed."""
    said, defence = year_now(student.year), defence_of(student)
    kept: dict[str, object] = {}
    if defence:
        local = defence.starts_at.astimezone(said.zone)
        kept = {"day": local.date(), "starts": local.time(), "place": defence.place}
        kept["jury"] = "\n".join(defence.jury)
    return DefenceForm(typed, said=said, initial=kept)


def _against_planning(student: StudentFile) -> Verdict:
    defence = defence_of(student)
    return may_plan(ground_of_defence(student), defence.state if defence else None, None, None)


def _against_due(defence: Defence) -> Verdict:
    day = day_of(defence.student, defence.starts_at)
    return may_set_report_due(defence.state, None, day, 0, day)


def _against_marking(defence: Defence) -> Verdict:
    if _marked(defence):
        return refused("defence_is_marked")
    day = day_of(defence.student, defence.starts_at)
    return may_mark(
        title=approved_content(defence.student).get("title", ""),
        hundredths=None,
        out_of=0,
        defended_on=day,
        today=day,
    )


APPROVE = Act[PfeSheet](
    command=approve_pfe_sheet,
    title=gettext_lazy("Approve the sheet of the final project"),
    button=gettext_lazy("Approve the sheet"),
    done=gettext_lazy("The sheet is approved."),
    says=before_approving,
    against=lambda sheet: may_answer(sheet.state),
    form=lambda sheet, typed: SeenSheetForm(typed, initial=_last_number(sheet)),
)
RETURN = Act[PfeSheet](
    command=return_pfe_sheet,
    title=gettext_lazy("Send the sheet back with remarks"),
    button=gettext_lazy("Send it back"),
    done=gettext_lazy("The sheet is sent back."),
    says=before_returning,
    against=lambda sheet: may_answer(sheet.state),
    form=lambda sheet, typed: PfeReturnForm(typed, initial=_last_number(sheet)),
)
PLAN = Act[StudentFile](
    command=plan_defence,
    title=gettext_lazy("Organise the defence"),
    button=gettext_lazy("Keep this day and tell them"),
    done=gettext_lazy("The defence is planned, and both are told."),
    says=before_planning,
    against=_against_planning,
    form=_plan_form,
)
SET_REPORT_DUE = Act[Defence](
    command=set_report_due,
    title=gettext_lazy("Set the last day of the report"),
    button=gettext_lazy("Keep this day"),
    done=gettext_lazy("The last day of the report is kept, and the student is told."),
    says=before_report_due,
    against=_against_due,
    form=lambda defence, typed: ReportDueForm(typed, initial={"due": defence.report_due}),
)
MARK = Act[Defence](
    command=mark_defence,
    title=gettext_lazy("Record the mark of the jury"),
    button=gettext_lazy("Record the mark"),
    done=gettext_lazy("The mark is on record, and the student is told."),
    says=before_marking,
    against=_against_marking,
    form=lambda defence, typed: DefenceMarkForm(typed, out_of=scale_for(defence.student).out_of),
)
REOPEN = Act[Defence](
    command=reopen_defence,
    title=gettext_lazy("Take the mark of the defence out"),
    button=gettext_lazy("Take it out"),
    done=gettext_lazy("The mark is to be typed again."),
    says=before_reopening,
    against=lambda defence: may_reopen(defence.state),
    form=ask_why(),
    danger=True,
)
