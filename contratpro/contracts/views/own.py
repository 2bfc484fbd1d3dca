"""The student's page of their contract, under /contrat-pro/<ref>/contract/. For anyone else it does not exist."""

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from common.formats import localized
from companies.employment.rules.form import FormPart
from companies.secrets.selectors import known_of
from contratpro.contracts.forms import ContractInvitationForm
from contratpro.contracts.presentation.acts import before_inviting_to_contract
from contratpro.contracts.requests import begun_or_404
from contratpro.contracts.selectors import contract_for
from contratpro.contracts.services.inviting import invite_to_contract
from contratpro.contracts.services.locking import ContractWriter
from contratpro.contracts.views.desk import (
    ContractDesk,
    contract_page,
    contract_saved,
    data_sheet_response,
)
from contratpro.contracts.views.sealed import disability_typed, nir_typed, sealed_forms
from contratpro.models import StudentFile
from contratpro.steps.rules import UNCONFIRMED
from contratpro.students.requests import own_student_or_404
from screens.acts import Act, Aim, perform


@require_safe
def own_contract(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = own_student_or_404(request.user, ref)
    if student.state in UNCONFIRMED:
        return redirect("contract_identity", ref=ref)
    return contract_page(request, _desk(request, student))


@require_POST
def own_save(request: PersonRequest, ref: str) -> HttpResponseBase:
    return contract_saved(request, _desk(request, own_student_or_404(request.user, ref)))


@require_POST
def own_nir(request: PersonRequest, ref: str) -> HttpResponseBase:
    return nir_typed(request, _desk(request, own_student_or_404(request.user, ref)))


@require_POST
def own_disability(request: PersonRequest, ref: str) -> HttpResponseBase:
    return disability_typed(request, _desk(request, own_student_or_404(request.user, ref)))


@require_safe
def own_data_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    return data_sheet_response(begun_or_404(own_student_or_404(request.user, ref)))


@require_http_methods(["GET", "POST"])
def own_invite(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The company is sent a link; the one before it leads nowhere any more."""
    student = own_student_or_404(request.user, ref)
    aim = Aim(
        thing=student,
        named={"ref": ref},
        about=str(gettext_lazy("Employment contract")),
        back=reverse("contract_employment", kwargs={"ref": ref}),
        detail=localized(student.year.title),
        layout="base.html",
    )
    return perform(request, INVITE, aim)


def _desk(request: PersonRequest, student: StudentFile) -> ContractDesk:
    address = partial(reverse, kwargs={"ref": student.ref})
    return ContractDesk(
        writer=ContractWriter(ref=student.ref, user=request.user),
        parts=(FormPart.EMPLOYEE,),
        find=lambda: contract_for(student),
        page=address("contract_employment"),
        save=address("contract_employment_save"),
        template="contratpro/contracts/page.html",
        secrets=known_of,
        more={
            "by_link": False,
            "nir_address": address("contract_employment_nir"),
            "disability_address": address("contract_employment_disability"),
            **sealed_forms(),
        },
    )


INVITE = Act[StudentFile](
    command=invite_to_contract,
    title=gettext_lazy("Invite the company to the employment contract"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=before_inviting_to_contract,
    form=lambda _student, typed: ContractInvitationForm(typed),
)
