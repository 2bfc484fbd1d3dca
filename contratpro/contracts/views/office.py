"""The contract service's page of a contract, under /admin/contrat-pro/students/<ref>/contract/, and each act on it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from common.drafts.rules import fingerprint
from common.files.views import serve_file
from common.forms import attempt
from common.refusals import say
from common.rules import Refusal, Verdict
from companies.secrets.rules import Reading
from companies.secrets.selectors import known_of, readings_of
from contratpro.contracts import presentation
from contratpro.contracts.forms import ContractInvitationForm, SeenDraftForm, SignedCopyForm
from contratpro.contracts.permissions import OFFICE_TYPES
from contratpro.contracts.requests import begun_or_404, office_student_or_404
from contratpro.contracts.rules.acts import may_complete, may_reopen
from contratpro.contracts.selectors import contract_for, draft_content, is_approved, review_of
from contratpro.contracts.services.deciding import (
    complete_contract,
    record_copy,
    reopen_contract,
)
from contratpro.contracts.services.inviting import invite_to_contract
from contratpro.contracts.services.locking import ContractWriter
from contratpro.contracts.services.printing import whole_data_sheet
from contratpro.contracts.services.reading import read_contract_secrets, read_copy
from contratpro.contracts.views.desk import (
    ContractDesk,
    contract_page,
    contract_saved,
    data_sheet_response,
    pdf_response,
)
from contratpro.contracts.views.sealed import disability_typed, nir_typed, sealed_forms
from contratpro.models import EmploymentContract, StudentFile
from contratpro.models.contracts import REASON_LENGTH
from contratpro.states import EmploymentState
from contratpro.steps.selectors import today_of
from screens.acts import Act, Aim, Thing, ask_why, perform


@require_safe
def office_contract(request: PersonRequest, ref: str) -> HttpResponseBase:
    desk = _desk(request, ref)
    contract = desk.find()
    readings = readings_of(contract) if contract.pk else []
    words = [(one, presentation.READING_WORDS[one.reading]) for one in readings]
    return contract_page(request, desk, readings=words)


@require_POST
def office_save(request: PersonRequest, ref: str) -> HttpResponseBase:
    return contract_saved(request, _desk(request, ref))


@require_POST
def office_nir(request: PersonRequest, ref: str) -> HttpResponseBase:
    return nir_typed(request, _desk(request, ref))


@require_POST
def office_disability(request: PersonRequest, ref: str) -> HttpResponseBase:
    return disability_typed(request, _desk(request, ref))


@require_http_methods(["GET", "POST"])
def office_invite(request: PersonRequest, ref: str) -> HttpResponseBase:
    student = office_student_or_404(request.user, ref)
    return perform(request, INVITE, _aim(student, student, {"ref": ref}))


@require_http_methods(["GET", "POST"])
def office_act(request: PersonRequest, ref: str, act: Act[EmploymentContract]) -> HttpResponseBase:
    student = office_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    return perform(request, act, _aim(contract, student, {"ref": contract.ref}))


@never_cache
@require_http_methods(["GET", "POST"])
def office_read(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What is kept apart, shown once: said before, on record after."""
    student = office_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    aim = _aim(contract, student, {"ref": contract.ref})
    if request.method != "POST":
        return perform(request, READ, aim)
    secrets = read_contract_secrets(
        ref=contract.ref, reading=Reading.PAGE, actor=request.user, now=request.received_at
    )
    context = {
        "student": student,
        "secrets": presentation.secret_words(secrets),
        "notes": [say(Refusal(code)) for code in known_of(contract).notes],
        "back": aim.back,
    }
    return render(request, "contratpro/contracts/secrets.html", context)


@require_safe
def office_data_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    return data_sheet_response(begun_or_404(office_student_or_404(request.user, ref)))


@require_http_methods(["GET", "POST"])
def office_whole_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The data sheet with what is kept apart: made, sent, kept nowhere."""
    student = office_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    if request.method != "POST":
        return perform(request, PRINT, _aim(contract, student, {"ref": contract.ref}))
    content = whole_data_sheet(ref=contract.ref, actor=request.user, now=request.received_at)
    return pdf_response(content, contract)


@require_http_methods(["GET", "POST"])
def office_copy(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The copy that company and student signed is put on record."""
    student = office_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    if contract.state is EmploymentState.DRAFT:
        raise Http404
    form = SignedCopyForm(initial={"received_on": today_of(student.year, request.received_at)})
    if request.method == "POST":
        form = SignedCopyForm(request.POST, request.FILES)
        if form.is_valid():
            recording = partial(record_copy, ref=contract.ref, **form.cleaned_data)
            if attempt(form, partial(recording, actor=request.user, now=request.received_at)):
                messages.success(request, _("The signed contract is on record."))
                return redirect(_page(student))
    context = {"student": student, "contract": contract, "form": form, "back": _page(student)}
    status = 422 if form.is_bound else 200
    return render(request, "contratpro/contracts/copy.html", context, status=status)


@require_POST
def office_scan(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The scan of the signed form: asked by a button, since each reading is written down."""
    contract = begun_or_404(office_student_or_404(request.user, ref))
    scan = read_copy(ref=contract.ref, actor=request.user, now=request.received_at)
    if scan is None:
        raise Http404
    return serve_file(scan)


def _page(student: StudentFile) -> str:
    return reverse("student_contract", kwargs={"ref": student.ref})


def _aim(thing: Thing, student: StudentFile, named: dict[str, object]) -> Aim[Thing]:
    return Aim(
        thing=thing,
        named=named,
        about=_("Employment contract"),
        back=_page(student),
        detail=student.full_name,
    )


def _desk(request: PersonRequest, ref: str) -> ContractDesk:
    student = office_student_or_404(request.user, ref)
    address = partial(reverse, kwargs={"ref": ref})
    return ContractDesk(
        writer=ContractWriter(ref=ref, user=request.user),
        parts=OFFICE_TYPES,
        find=lambda: contract_for(student),
        page=_page(student),
        save=address("student_contract_save"),
        template="contratpro/contracts/office.html",
        secrets=known_of,
        more={
            "by_office": True,
            "nir_address": address("student_contract_nir"),
            "disability_address": address("student_contract_disability"),
            **sealed_forms(),
        },
    )


def _against_completing(contract: EmploymentContract) -> Verdict:
    return may_complete(
        contract.state,
        contract.student.state,
        review_of(contract, draft_content(contract)),
        is_approved=is_approved(contract.student),
    )


INVITE = Act[StudentFile](
    command=invite_to_contract,
    title=gettext_lazy("Invite the company to the employment contract"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=presentation.before_inviting_to_contract,
    form=lambda _student, typed: ContractInvitationForm(typed),
)
COMPLETE = Act[EmploymentContract](
    command=complete_contract,
    title=gettext_lazy("Find the contract complete"),
    button=gettext_lazy("It is complete"),
    done=gettext_lazy("The contract is ready to be signed, and the student is told by e-mail."),
    says=presentation.before_completing,
    against=_against_completing,
    form=lambda contract, typed: SeenDraftForm(
        typed, initial={"seen": fingerprint(contract.draft)}
    ),
)
REOPEN = Act[EmploymentContract](
    command=reopen_contract,
    title=gettext_lazy("Reopen the contract"),
    button=gettext_lazy("Reopen the contract"),
    done=gettext_lazy("The contract may be typed in again."),
    says=presentation.before_reopening_contract,
    against=lambda contract: may_reopen(contract.state, contract.student.state),
    form=ask_why(help_text=gettext_lazy("The student reads it."), length=REASON_LENGTH),
)
READ = Act[EmploymentContract](
    command=read_contract_secrets,
    title=gettext_lazy("Show what is kept apart"),
    button=gettext_lazy("Show it"),
    done="",
    says=presentation.before_reading,
)
PRINT = Act[EmploymentContract](
    command=whole_data_sheet,
    title=gettext_lazy("Data sheet with what is kept apart"),
    button=gettext_lazy("Make the data sheet"),
    done="",
    says=presentation.before_printing,
)
