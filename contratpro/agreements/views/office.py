"""The agreement of a student, under /admin/contrat-pro/students/<ref>/agreement/, and one page for each act on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.files.views import serve_file
from common.forms import attempt
from common.pdf import MEDIA_TYPE
from common.refusals import say
from common.rules import Refusal, Verdict
from contratpro.agreements.forms import (
    PrepareForm,
    ReceivedForm,
    SchoolSignsForm,
    SendForm,
    SendToCompanyForm,
)
from contratpro.agreements.permissions import can_sign_for_school
from contratpro.agreements.presentation import (
    before_preparing,
    before_receiving,
    before_returning,
    before_sending_to_company,
    before_sending_to_social_service,
    cards_of,
)
from contratpro.agreements.rules import (
    AgreementStanding,
    may_have_another,
    may_receive,
    may_return,
    may_send_to_company,
    may_send_to_social_service,
)
from contratpro.agreements.selectors import (
    agreement_by_ref,
    agreements_of,
    company_address,
    conditions_waited_for,
    contract_days,
    facts_for,
    ground_of,
    has_signed_contract,
    standing_of_agreement,
)
from contratpro.agreements.services.preparing import file_name, prepare_agreement, printed
from contratpro.agreements.services.sending import send_to_company, send_to_social_service
from contratpro.agreements.services.signing import (
    hand_in_agreement,
    receive_agreement,
    return_agreement,
    sign_for_school,
)
from contratpro.models import TrainingAgreement
from contratpro.states import OPEN_AGREEMENTS, AgreementState
from contratpro.steps.rules import DIRECTION_SIGNS
from contratpro.steps.selectors import today_of
from contratpro.students.permissions import can_handle
from contratpro.students.requests import handled_student_or_404, student_or_404
from contratpro.vocabulary import Signer
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, ask_why, perform


@require_safe
def student_agreement(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = student_or_404(request.user, ref)
    agreements = agreements_of(student)
    last = agreements[0] if agreements else None
    handles = bool(can_handle(request.user, student.year))
    standing = standing_of_agreement(last) if last else None
    context = {
        "student": student,
        "zone": year_now(student.year).year.zone,
        "cards": cards_of(agreements),
        "last": last,
        "handles": handles,
        "against": [say(one) for one in may_have_another(ground_of(student)).refusals],
        "may_sign": last is not None and _may_sign(request.user, last),
        **(_office_may(standing) if standing and handles else {}),
        "contract_signed": has_signed_contract(student),
        "sent_to": {one.to for one in last.dispatches.all()} if last else set(),
    }
    return render(request, "contratpro/agreements/office.html", context)


def _office_may(standing: AgreementStanding) -> dict[str, bool]:
    """What the office may do with the last version."""
    return {
        "may_hand_in": standing.state is AgreementState.PREPARED,
        "may_receive": bool(may_receive(standing)),
        "may_return": bool(may_return(standing)),
        "may_send": bool(may_send_to_company(standing)),
    }


def _may_sign(user: User, last: TrainingAgreement) -> bool:
    standing = standing_of_agreement(last)
    if last.state not in OPEN_AGREEMENTS or Signer.SCHOOL in standing.signed:
        return False
    return bool(can_sign_for_school(user, last.student.year))


@require_http_methods(["GET", "POST"])
def prepare(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What this version will say, to be read again before it is printed."""
    student = handled_student_or_404(request.user, ref)
    ground = ground_of(student)
    typed = request.POST if request.method == "POST" else None
    days = contract_days(student)
    form = PrepareForm(typed, facts=facts_for(student), number=ground.number, contract_days=days)
    if form.is_valid():
        command = partial(
            prepare_agreement,
            ref=ref,
            number=form.cleaned_data["number"],
            written=form.written,
            reason=form.cleaned_data.get("reason", ""),
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, command):
            messages.success(request, gettext_lazy("The agreement is prepared."))
            return redirect("student_agreement", ref=ref)
    context = {
        "student": student,
        "form": form,
        "consequences": before_preparing(student),
        "against": [say(one) for one in may_have_another(ground).refusals],
    }
    return _answer(request, "contratpro/agreements/prepare.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAct:
    """A paper that comes with who signed it: what is asked, and the command that keeps it."""

    title: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    facts: Callable[[TrainingAgreement], dict[str, object]]
    keep: Callable[..., object]
    may: Callable[[User, TrainingAgreement], object]
    against: Callable[[TrainingAgreement], Sequence[Refusal]] = lambda _agreement: ()


@require_http_methods(["GET", "POST"])
def record(request: PersonRequest, ref: str, number: int, act: PaperAct) -> HttpResponseBase:
    agreement = _agreement_or_404(request.user, ref, number)
    if not act.may(request.user, agreement):
        raise Http404
    form = act.form(initial=act.facts(agreement))
    if request.method == "POST":
        form = act.form(request.POST, request.FILES)
        keep = partial(act.keep, agreement, form, actor=request.user, now=request.received_at)
        if form.is_valid() and attempt(form, keep):
            messages.success(request, str(act.done))
            return redirect("student_agreement", ref=ref)
    context = {
        "student": agreement.student,
        "agreement": agreement,
        "act": act,
        "form": form,
        "against": [say(one) for one in act.against(agreement)],
    }
    return _answer(request, "contratpro/agreements/record.html", context)


@require_http_methods(["GET", "POST"])
def act_on(
    request: PersonRequest, ref: str, number: int, act: Act[TrainingAgreement]
) -> HttpResponseBase:
    agreement = _agreement_or_404(request.user, ref, number)
    if not can_handle(request.user, agreement.student.year):
        raise Http404
    aim = Aim(
        thing=agreement,
        named={"ref": agreement.ref},
        about=agreement.student.full_name,
        back=reverse("student_agreement", kwargs={"ref": ref}),
        detail=agreement.facts["company_name"],
    )
    return perform(request, act, aim)


@require_safe
def paper(request: PersonRequest, ref: str, number: int) -> HttpResponseBase:
    return paper_response(_agreement_or_404(request.user, ref, number))


@require_safe
def scan(request: PersonRequest, ref: str, number: int, party: str) -> HttpResponseBase:
    """What that party has signed, to those who work with the student."""
    agreement = _agreement_or_404(request.user, ref, number)
    signatures = agreement.signatures.filter(party=party, void_since=None)
    signature = signatures.select_related("scan").first()
    if signature is None or signature.scan is None:
        raise Http404
    return serve_file(signature.scan)


def paper_response(agreement: TrainingAgreement) -> HttpResponseBase:
    """The paper to sign, as it was made."""
    response = HttpResponse(printed(agreement), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{file_name(agreement)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _agreement_or_404(user: User, ref: str, number: int) -> TrainingAgreement:
    student = student_or_404(user, ref)
    row = student.agreements.filter(number=number).values_list("ref", flat=True).first()
    agreement = agreement_by_ref(row) if row else None
    if agreement is None:
        raise Http404
    return agreement


def _answer(request: PersonRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _handles(user: User, agreement: TrainingAgreement) -> Verdict:
    return can_handle(user, agreement.student.year)


RECEIVED = PaperAct(
    title=gettext_lazy("Record the signed agreement"),
    button=gettext_lazy("Put it on record"),
    done=gettext_lazy("The agreement is received, signed by student and company."),
    form=ReceivedForm,
    facts=lambda agreement: {
        "company_by": agreement.facts["signatory_name"],
        "received_on": today_of(agreement.student.year, timezone.now()),
    },
    keep=lambda agreement, form, **by: hand_in_agreement(
        ref=agreement.ref, signed=form.signed, scan=form.cleaned_data["scan"], **by
    ),
    may=_handles,
)
SCHOOL_SIGNS = PaperAct(
    title=gettext_lazy("Record the signature of the school"),
    button=gettext_lazy("Put the signature on record"),
    done=gettext_lazy("The signature of the school is on record."),
    form=SchoolSignsForm,
    facts=lambda _agreement: {},
    keep=lambda agreement, form, **by: sign_for_school(
        ref=agreement.ref, **form.cleaned_data, **by
    ),
    may=lambda user, agreement: can_sign_for_school(user, agreement.student.year),
    against=lambda agreement: [
        Refusal("agreement_waits_for_condition", {"condition": words})
        for words in conditions_waited_for(agreement.student, DIRECTION_SIGNS)
    ],
)
RECEIVE = Act[TrainingAgreement](
    command=receive_agreement,
    title=gettext_lazy("Receive the agreement"),
    button=gettext_lazy("It is in order: received"),
    done=gettext_lazy("The agreement is received, and the student is told."),
    says=before_receiving,
    against=lambda agreement: may_receive(standing_of_agreement(agreement)),
)
RETURN = Act[TrainingAgreement](
    command=return_agreement,
    title=gettext_lazy("Send the agreement back with remarks"),
    button=gettext_lazy("Send the agreement back"),
    done=gettext_lazy("The agreement is sent back, and the student is told."),
    says=before_returning,
    against=lambda agreement: may_return(standing_of_agreement(agreement)),
    form=ask_why(
        label=gettext_lazy("What to do again"),
        help_text=gettext_lazy("The student reads it."),
        missing=gettext_lazy("Type what to do again: the student reads it."),
        length=1000,
    ),
)
TO_COMPANY = Act[TrainingAgreement](
    command=send_to_company,
    title=gettext_lazy("Send the signed agreement to the company"),
    button=gettext_lazy("Send it"),
    done=gettext_lazy("The dispatch to the company is on record."),
    says=before_sending_to_company,
    against=lambda agreement: may_send_to_company(standing_of_agreement(agreement)),
    form=lambda agreement, typed: SendToCompanyForm(
        typed, initial={"email": company_address(agreement)}
    ),
)
TO_SOCIAL_SERVICE = Act[TrainingAgreement](
    command=send_to_social_service,
    title=gettext_lazy("Send contract and agreement to the social service"),
    button=gettext_lazy("Send both"),
    done=gettext_lazy("The dispatch to the social service is on record."),
    says=before_sending_to_social_service,
    against=lambda agreement: may_send_to_social_service(
        standing_of_agreement(agreement), has_contract=has_signed_contract(agreement.student)
    ),
    form=lambda _agreement, typed: SendForm(typed),
)
