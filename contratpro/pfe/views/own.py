"""The student's page of the final project, under /contrat-pro/<ref>/pfe/. For anyone else it does not exist."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.files.views import serve_file
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError, say
from common.rules import Verdict
from contratpro.models import Defence, PfeSheet, StudentFile
from contratpro.pfe.forms import PfeSheetForm
from contratpro.pfe.presentation import (
    PFE_SIGNS,
    as_typed,
    pfe_changes,
    pfe_label,
    pfe_rows,
)
from contratpro.pfe.rules import FIELDS, may_deposit, may_write
from contratpro.pfe.selectors import (
    approved_content,
    defence_of,
    due_of_pfe_report,
    pfe_reports_of,
    pfe_sheet_for,
    update_due,
    versions_of,
)
from contratpro.pfe.services.report import deposit_pfe_report
from contratpro.pfe.services.sheet import save_pfe_sheet, send_pfe_sheet
from contratpro.projects.forms import DepositedReportForm
from contratpro.projects.presentation import points
from contratpro.projects.requests import report_or_404, tell_deposit
from contratpro.projects.selectors import due_of_report
from contratpro.steps.rules import SHEET_UPDATE, UNCONFIRMED
from contratpro.steps.selectors import is_on_record, scale_for, today_of
from contratpro.students.requests import own_student_or_404
from contratpro.year.selectors import year_now


@require_safe
def own_pfe(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The form while it may be written, else what was sent; the defence, once it is planned."""
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    sheet = pfe_sheet_for(student)
    form = None
    if may_write(sheet.state, student.state):
        form = PfeSheetForm(kept=sheet.draft, most_words=_most_words(student))
    return _page(request, sheet, form)


@require_http_methods(["GET", "POST"])
def own_pfe_deposit(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The report, once the defence is planned; after it, what to do with one."""
    student = own_student_or_404(request.user, ref)
    defence = defence_of(student)
    if defence is None:
        raise Http404
    reports, due = pfe_reports_of(defence), due_of_pfe_report(defence)
    form = DepositedReportForm()
    if request.method == "POST":
        form = DepositedReportForm(request.POST, request.FILES)
        if form.is_valid():
            report = form.cleaned_data["report"]
            depositing = partial(deposit_pfe_report, ref=ref, report=report, actor=request.user)
            if attempt(form, partial(depositing, now=request.received_at)):
                tell_deposit(request, reports, pfe_reports_of(defence))
                return redirect("contract_pfe", ref=ref)
    context = {
        "student": student,
        "said": year_now(student.year),
        "form": form,
        "due": due,
        "is_late": today_of(student.year, request.received_at) > due,
        "reports": reports,
        "against": [say(one) for one in _on_deposit(request, defence).refusals],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "contratpro/pfe/deposit.html", context, status=status)


@require_safe
def own_pfe_report(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    defence = defence_of(own_student_or_404(request.user, ref))
    return serve_file(report_or_404(pfe_reports_of(defence), number).file)


@require_POST
def own_pfe_save(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _written(request, ref, sending=False)


@require_POST
def own_pfe_send(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _written(request, ref, sending=True)


def _written(request: PersonRequest, ref: str, *, sending: bool) -> HttpResponseBase:
    """Keep what was typed before anything else, unless it is too late or another window was quicker."""
    student = own_student_or_404(request.user, ref)
    form = PfeSheetForm(request.POST, kept={}, most_words=_most_words(student))
    saving = partial(save_pfe_sheet, ref=ref, actor=request.user, now=request.received_at)
    try:
        sheet = saving(content=form.typed, seen=request.POST.get("seen", ""))
    except QuickerError as error:
        return _quicker(request, student, error.theirs, form.typed)
    except NotAllowedError:
        raise
    except DomainError as error:
        for refusal in error.refusals:
            messages.warning(request, say(refusal))
        return redirect("contract_pfe", ref=ref)
    if sending:
        return _sent(request, sheet, form)
    messages.success(request, _("Saved. You may close this page and come back to it."))
    return redirect("contract_pfe", ref=ref)


def _sent(request: PersonRequest, sheet: PfeSheet, form: PfeSheetForm) -> HttpResponseBase:
    ref = sheet.student.ref
    if form.is_valid():
        sending = partial(
            send_pfe_sheet,
            ref=ref,
            content={name: form.cleaned_data[name] for name in FIELDS},
            seen=seen_of(sheet.draft, FIELDS),
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, sending):
            messages.success(request, _("The sheet is sent to your school tutor."))
            return redirect("contract_pfe", ref=ref)
    return _page(request, sheet, form)


def _quicker(
    request: PersonRequest, student: StudentFile, theirs: Content, mine: Content
) -> HttpResponse:
    address = partial(reverse, kwargs={"ref": student.ref})
    context = {
        **_about(pfe_sheet_for(student)),
        **quicker_page(theirs, mine, FIELDS, pfe_label, as_typed),
        "back": address("contract_pfe"),
        "action": address("contract_pfe_save"),
    }
    template = "contratpro/pfe/quicker.html"
    return render(request, template, context, status=HTTPStatus.CONFLICT)


def _page(request: PersonRequest, sheet: PfeSheet, form: PfeSheetForm | None) -> HttpResponse:
    student = sheet.student
    versions = versions_of(sheet)
    defence = defence_of(student)
    context = {
        **_about(sheet),
        "form": form,
        "seen": seen_of(sheet.draft, FIELDS),
        "rows": pfe_rows(versions[-1].content) if versions else [],
        "steps": pfe_changes(versions),
        "approved_title": approved_content(student).get("title", ""),
        "defence": defence,
        "report_due": due_of_pfe_report(defence) if defence else None,
        "reports": pfe_reports_of(defence),
        "may_deposit": defence is not None and bool(_on_deposit(request, defence)),
        "mark": points(defence.mark) if defence else None,
        "out_of": scale_for(student).out_of,
    }
    is_wrong = form is not None and bool(form.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "contratpro/pfe/own.html", context, status=status)


def _on_deposit(request: PersonRequest, defence: Defence) -> Verdict:
    student = defence.student.state
    return may_deposit(student, defence.state, defence.starts_at, request.received_at)


def _about(sheet: PfeSheet) -> dict[str, object]:
    student = sheet.student
    due = update_due(student) if sheet.approved else due_of_report(student)
    if sheet.approved and is_on_record(student, SHEET_UPDATE):
        due = None
    return {
        "sheet": sheet,
        "sign": PFE_SIGNS[sheet.state],
        "student": student,
        "said": year_now(student.year),
        "due": due,
    }


def _most_words(student: StudentFile) -> int:
    return year_now(student.year).limits.title_words
