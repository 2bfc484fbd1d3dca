"""The student's page of their contact sheet, under /contrat-pro/<ref>/sheet/. For anyone else it does not exist."""

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from common.formats import localized
from contratpro.models import ContactSheet, StudentFile
from contratpro.sheets.forms import CompanyInvitationForm
from contratpro.sheets.presentation import before_inviting
from contratpro.sheets.selectors import sheet_for
from contratpro.sheets.services.inviting import invite_company
from contratpro.sheets.services.locking import SheetWriter
from contratpro.sheets.views.desk import SheetDesk, saved, sent, sheet_page
from contratpro.steps.rules import UNCONFIRMED
from contratpro.students.requests import own_student_or_404
from screens.acts import Act, Aim, perform


@require_safe
def own_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    return sheet_page(request, _desk(request, student))


@require_POST
def own_save(request: PersonRequest, ref: str) -> HttpResponseBase:
    return saved(request, _desk(request, own_student_or_404(request.user, ref)))


@require_POST
def own_send(request: PersonRequest, ref: str) -> HttpResponseBase:
    return sent(request, _desk(request, own_student_or_404(request.user, ref)))


@require_http_methods(["GET", "POST"])
def own_invite(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The company is sent a link; the one before it leads nowhere any more."""
    student = own_student_or_404(request.user, ref)
    aim = Aim(
        thing=student,
        named={"ref": ref},
        about=str(gettext_lazy("Contact sheet")),
        back=reverse("contract_sheet", kwargs={"ref": ref}),
        detail=localized(student.year.title),
        layout="base.html",
    )
    return perform(request, INVITE, aim)


def _desk(request: PersonRequest, student: StudentFile) -> SheetDesk:
    address = partial(reverse, kwargs={"ref": student.ref})

    def find() -> ContactSheet:
        return sheet_for(student)

    return SheetDesk(
        writer=SheetWriter(ref=student.ref, user=request.user),
        find=find,
        page=address("contract_sheet"),
        save=address("contract_sheet_save"),
        send=address("contract_sheet_send"),
        more={"by_link": False},
    )


INVITE = Act[StudentFile](
    command=invite_company,
    title=gettext_lazy("Invite the company to the contact sheet"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=before_inviting,
    form=lambda _student, typed: CompanyInvitationForm(typed),
)
