"""The contact sheet for those who work with a student: read, signed for the home school, answered by the head."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from common.rules import Verdict
from contratpro.models import ContactSheet
from contratpro.sheets.forms import HomeSignatureForm, ReturnForm, SeenVersionForm
from contratpro.sheets.presentation import SHEET_SIGNS, before_returning, before_validating
from contratpro.sheets.rules import may_return, may_validate
from contratpro.sheets.selectors import home_signature_of, sheet_for
from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.signing import sign_for_home_school
from contratpro.sheets.views.desk import content_of
from contratpro.states import SheetState
from contratpro.students.permissions import can_agree, can_handle
from contratpro.students.requests import student_or_404
from screens.acts import Act, Aim, perform


@require_safe
def student_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What was sent, and what each version changed; a draft is read by student and company alone."""
    sheet = _sheet_or_404(request.user, ref)
    student = sheet.student
    awaits = sheet.state is SheetState.SENT
    handles = bool(can_handle(request.user, student.year))
    content = content_of(sheet)
    context = {
        "student": student,
        "year": student.year,
        "sheet": sheet,
        "sign": SHEET_SIGNS[sheet.state],
        "may_answer": awaits and bool(can_agree(request.user, student)),
        "may_sign": handles and content["awaits_home"],
        **content,
    }
    return render(request, "contratpro/sheets/student.html", context)


@require_http_methods(["GET", "POST"])
def answer_sheet(request: PersonRequest, ref: str, act: Act[ContactSheet]) -> HttpResponseBase:
    """What a head of the department or of the option answers to what was sent."""
    sheet = sent_or_404(request.user, ref)
    if not can_agree(request.user, sheet.student):
        raise Http404
    aim = Aim(
        thing=sheet,
        named={"ref": sheet.ref},
        about=sheet.student.full_name,
        back=_back(sheet),
        detail=str(sheet.company or ""),
    )
    return perform(request, act, aim)


@require_http_methods(["GET", "POST"])
def home_signature(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The office records what the home school of a double degree signed."""
    sheet = sent_or_404(request.user, ref)
    student = sheet.student
    if not can_handle(request.user, student.year) or not student.double_degree:
        raise Http404
    form = HomeSignatureForm(initial={"version": _last_number(sheet)})
    if request.method == "POST":
        form = HomeSignatureForm(request.POST, request.FILES)
        if form.is_valid():
            signing = partial(sign_for_home_school, ref=sheet.ref, **form.cleaned_data)
            if attempt(form, partial(signing, actor=request.user, now=request.received_at)):
                messages.success(request, _("The signature of the home school is on record."))
                return redirect(_back(sheet))
    context = {"student": student, "sheet": sheet, "form": form, "back": _back(sheet)}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/sheets/home_signature.html", context, status=status)


@require_safe
def home_scan(request: PersonRequest, ref: str) -> HttpResponseBase:
    signature = home_signature_of(_sheet_or_404(request.user, ref))
    if signature is None or signature.scan is None:
        raise Http404
    return serve_file(signature.scan)


def _sheet_or_404(user: User, ref: str) -> ContactSheet:
    """For those who do not work with the student, there is none."""
    return sheet_for(student_or_404(user, ref))


def sent_or_404(user: User, ref: str) -> ContactSheet:
    sheet = _sheet_or_404(user, ref)
    if not sheet.pk or not sheet.versions.exists():
        raise Http404
    return sheet


def _last_number(sheet: ContactSheet) -> int:
    return sheet.versions.count()


def _back(sheet: ContactSheet) -> str:
    return reverse("student_sheet", kwargs={"ref": sheet.student.ref})


def _against_validating(sheet: ContactSheet) -> Verdict:
    return may_validate(
        sheet.state,
        sheet.student.state,
        double_degree=sheet.student.double_degree,
        is_signed=home_signature_of(sheet) is not None,
    )


VALIDATE = Act[ContactSheet](
    command=validate_sheet,
    title=gettext_lazy("Validate the contact sheet"),
    button=gettext_lazy("Validate the sheet"),
    done=gettext_lazy("The contact sheet is validated."),
    says=before_validating,
    against=_against_validating,
    form=lambda sheet, typed: SeenVersionForm(typed, initial={"version": _last_number(sheet)}),
)
RETURN = Act[ContactSheet](
    command=return_sheet,
    title=gettext_lazy("Send the contact sheet back with remarks"),
    button=gettext_lazy("Send it back"),
    done=gettext_lazy("The contact sheet is sent back."),
    says=before_returning,
    against=lambda sheet: may_return(sheet.state, sheet.student.state),
    form=lambda sheet, typed: ReturnForm(typed, initial={"version": _last_number(sheet)}),
)
