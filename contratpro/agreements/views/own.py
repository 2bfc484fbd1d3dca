"""The student's page of their training agreement: the paper to sign, what was handed in, the copy signed by all."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from contratpro.agreements.forms import HandInForm
from contratpro.agreements.presentation import cards_of
from contratpro.agreements.selectors import agreements_of, handed_in_at, signed_copy
from contratpro.agreements.services.signing import hand_in_agreement
from contratpro.agreements.views.office import paper_response
from contratpro.models import TrainingAgreement
from contratpro.states import AgreementState
from contratpro.students.requests import own_student_or_404
from contratpro.year.selectors import year_now


@require_http_methods(["GET", "POST"])
def own_agreement(request: PersonRequest, ref: str) -> HttpResponseBase:
    """Where it stands; while it is to be signed, what is handed in."""
    student = own_student_or_404(request.user, ref)
    agreements = agreements_of(student)
    last = agreements[0] if agreements else None
    form = _form(request, last)
    if request.method == "POST":
        if last is None or form is None:
            messages.warning(request, _("Nothing was kept: this agreement is not to be handed in."))
            return redirect("contract_agreement", ref=ref)
        handing_in = partial(_hand_in, request, last, form)
        if form.is_valid() and attempt(form, handing_in):
            messages.success(request, _("The signed agreement is handed in to the office."))
            return redirect("contract_agreement", ref=ref)
    context = {
        "student": student,
        "said": year_now(student.year),
        "cards": cards_of(agreements),
        "last": last,
        "handed_in": handed_in_at(last) if last else None,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contratpro/agreements/own.html", context, status=status)


@require_safe
def own_paper(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    """The paper to sign, marked as a project."""
    return paper_response(_version_or_404(request.user, ref, number))


@require_safe
def own_copy(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    """What all have signed. Before the school has signed, there is none to be sent."""
    agreement = _version_or_404(request.user, ref, number)
    copy = signed_copy(agreement)
    if copy is None:
        messages.warning(
            request, _("All have not signed yet: the signed copy is here once they have.")
        )
        return redirect("contract_agreement", ref=ref)
    return serve_file(copy)


def _form(request: PersonRequest, last: TrainingAgreement | None) -> HandInForm | None:
    if last is None or last.state is not AgreementState.PREPARED:
        return None
    if request.method == "POST":
        return HandInForm(request.POST, request.FILES)
    return HandInForm(initial={"company_by": last.facts["signatory_name"]})


def _hand_in(request: PersonRequest, last: TrainingAgreement, form: HandInForm) -> object:
    return hand_in_agreement(
        ref=last.ref,
        signed=form.signed,
        scan=form.cleaned_data["scan"],
        actor=request.user,
        now=request.received_at,
    )


def _version_or_404(user: User, ref: str, number: int) -> TrainingAgreement:
    student = own_student_or_404(user, ref)
    agreements = student.agreements.select_related("student__year__school", "printed")
    agreement = agreements.filter(number=number).first()
    if agreement is None:
        raise Http404
    return agreement
