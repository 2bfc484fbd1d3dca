"""The home school of a double degree is asked to sign: by the student, or by the office for them."""

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from common.formats import localized
from common.rules import Verdict
from contratpro.models import StudentFile
from contratpro.sheets.forms import HomeInvitationForm
from contratpro.sheets.presentation import before_asking_home_school
from contratpro.sheets.rules import may_ask_home_school
from contratpro.sheets.selectors import home_signature_of, sheet_for
from contratpro.sheets.services.inviting import invite_home_school
from contratpro.sheets.views.answers import sent_or_404
from contratpro.students.permissions import can_handle
from contratpro.students.requests import own_student_or_404
from screens.acts import Act, Aim, perform


@require_http_methods(["GET", "POST"])
def own_ask_home(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    if not student.double_degree:
        raise Http404
    aim = Aim(
        thing=student,
        named={"ref": ref},
        about=str(gettext_lazy("Contact sheet")),
        back=reverse("contract_sheet", kwargs={"ref": ref}),
        detail=localized(student.year.title),
        layout="base.html",
    )
    return perform(request, ASK_HOME, aim)


@require_http_methods(["GET", "POST"])
def office_ask_home(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = sent_or_404(request.user, ref).student
    if not can_handle(request.user, student.year) or not student.double_degree:
        raise Http404
    aim = Aim(
        thing=student,
        named={"ref": ref},
        about=student.full_name,
        back=reverse("student_sheet", kwargs={"ref": ref}),
        detail=student.home_school,
    )
    return perform(request, ASK_HOME, aim)


def _against(student: StudentFile) -> Verdict:
    sheet = sheet_for(student)
    return may_ask_home_school(
        sheet.state,
        student.state,
        double_degree=student.double_degree,
        is_signed=home_signature_of(sheet) is not None,
        sent_today=0,
    )


ASK_HOME = Act[StudentFile](
    command=invite_home_school,
    title=gettext_lazy("Ask the home school to sign the contact sheet"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the home school."),
    says=before_asking_home_school,
    against=_against,
    form=lambda student, typed: HomeInvitationForm(
        typed, initial={"email": sheet_for(student).home_email}
    ),
)
