"""The contract service's page of a contract, under /admin/contrat-pro/students/<ref>/contract/, and each act on it."""

from collections.abc import Callable
from functools import partial

from django import forms
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
from common.rules import Refusal, Verdict, refused
from companies.secrets.rules import Reading
from companies.secrets.selectors import known_of, readings_of
from contratpro.contracts.forms import (
    ContractInvitationForm,
    CorrectedCopyForm,
    DepositForm,
    SeenDraftForm,
    SignedCopyForm,
)
from contratpro.contracts.permissions import OFFICE_TYPES
from contratpro.contracts.presentation import acts
from contratpro.contracts.presentation.boxes import READING_WORDS, secret_words
from contratpro.contracts.requests import begun_or_404
from contratpro.contracts.rules.acts import may_complete, may_have_deposit, may_reopen
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
from contratpro.contracts.services.recording import correct_copy, record_deposit
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
from contratpro.students.requests import handled_student_or_404
from screens.acts import Act, Aim, Thing, ask_why, perform


@require_safe
def office_contract(request: PersonRequest, ref: str) -> HttpResponseBase:
    desk = _desk(request, ref)
    contract = desk.find()
    readings = readings_of(contract) if contract.pk else []
    words = [(one, READING_WORDS[one.reading]) for one in readings]
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
    student = handled_student_or_404(request.user, ref)
    return perform(request, INVITE, _aim(student, student, {"ref": ref}))


@require_http_methods(["GET", "POST"])
def office_act(request: PersonRequest, ref: str, act: Act[EmploymentContract]) -> HttpResponseBase:
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    return perform(request, act, _aim(contract, student, {"ref": contract.ref}))


@require_http_methods(["GET", "POST"])
def office_complete(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The page that was read names its draft in the link that leads here: another one is not found complete."""
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    given = request.POST if request.method == "POST" else request.GET
    read = given.get("seen", "")
    return perform(request, _completing(read), _aim(contract, student, {"ref": contract.ref}))


@never_cache
@require_http_methods(["GET", "POST"])
def office_read(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What is kept apart, shown once: said before, on record after."""
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    aim = _aim(contract, student, {"ref": contract.ref})
    if request.method != "POST":
        return perform(request, READ, aim)
    secrets = read_contract_secrets(
        ref=contract.ref, reading=Reading.PAGE, actor=request.user, now=request.received_at
    )
    context = {
        "student": student,
        "secrets": secret_words(secrets),
        "notes": [say(Refusal(code)) for code in known_of(contract).notes],
        "back": aim.back,
    }
    return render(request, "contratpro/contracts/secrets.html", context)


@require_safe
def office_data_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    return data_sheet_response(begun_or_404(handled_student_or_404(request.user, ref)))


@require_http_methods(["GET", "POST"])
def office_whole_sheet(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The data sheet with what is kept apart: made, sent, kept nowhere."""
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    if request.method != "POST":
        return perform(request, PRINT, _aim(contract, student, {"ref": contract.ref}))
    content = whole_data_sheet(ref=contract.ref, actor=request.user, now=request.received_at)
    return pdf_response(content, contract)


@require_http_methods(["GET", "POST"])
def office_copy(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The copy that company and student signed is put on record; once it is, the page is there no more."""
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    if contract.state is not EmploymentState.READY:
        raise Http404
    form = SignedCopyForm(initial={"received_on": today_of(student.year, request.received_at)})
    if request.method == "POST":
        form = SignedCopyForm(request.POST, request.FILES)
        recording = partial(record_copy, ref=contract.ref, actor=request.user)
        if _copy_kept(request, form, recording):
            return redirect(_page(student))
    return _copy_page(request, student, form, "contratpro/contracts/copy.html")


@require_http_methods(["GET", "POST"])
def office_correct_copy(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What was recorded of the signed copy is put right, with a reason."""
    student = handled_student_or_404(request.user, ref)
    contract = begun_or_404(student)
    if contract.state is not EmploymentState.SIGNED:
        raise Http404
    kept = {"signed_on": contract.signed_on, "channel": contract.channel}
    form = CorrectedCopyForm(initial=kept)
    if request.method == "POST":
        form = CorrectedCopyForm(request.POST, request.FILES)
        correcting = partial(correct_copy, ref=contract.ref, actor=request.user)
        if _copy_kept(request, form, correcting):
            return redirect(_page(student))
    template = "contratpro/contracts/correct_copy.html"
    says = acts.before_correcting_copy()
    return _copy_page(request, student, form, template, consequences=says)


@require_POST
def office_scan(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The scan of the signed form: asked by a button, since each reading is written down."""
    contract = begun_or_404(handled_student_or_404(request.user, ref))
    scan = read_copy(ref=contract.ref, actor=request.user, now=request.received_at)
    if scan is None:
        raise Http404
    return serve_file(scan)


def _copy_kept(request: PersonRequest, form: forms.Form, command: Callable[..., object]) -> bool:
    if not form.is_valid():
        return False
    keeping = partial(command, **form.cleaned_data, now=request.received_at)
    if not attempt(form, keeping):
        return False
    messages.success(request, _("The signed contract is on record."))
    return True


def _copy_page(
    request: PersonRequest, student: StudentFile, form: forms.Form, template: str, **more: object
) -> HttpResponseBase:
    context = {"student": student, "form": form, "back": _page(student), **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


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
    student = handled_student_or_404(request.user, ref)
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


def _completing(read: str) -> Act[EmploymentContract]:
    """The act, of the draft of that fingerprint."""
    return Act(
        command=complete_contract,
        title=gettext_lazy("Find the contract complete"),
        button=gettext_lazy("It is complete"),
        done=gettext_lazy("The contract is ready to be signed, and the student is told by e-mail."),
        says=acts.before_completing,
        against=partial(_against_completing, read=read),
        form=lambda _contract, typed: SeenDraftForm(typed, initial={"seen": read}),
    )


def _against_completing(contract: EmploymentContract, *, read: str) -> Verdict:
    verdict = may_complete(
        contract.state,
        contract.student.state,
        review_of(contract, draft_content(contract)),
        is_approved=is_approved(contract.student),
    )
    if verdict and read != fingerprint(contract.draft):
        return refused("moved_meanwhile")
    return verdict


INVITE = Act[StudentFile](
    command=invite_to_contract,
    title=gettext_lazy("Invite the company to the employment contract"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=acts.before_inviting_to_contract,
    form=lambda _student, typed: ContractInvitationForm(typed),
)
REOPEN = Act[EmploymentContract](
    command=reopen_contract,
    title=gettext_lazy("Reopen the contract"),
    button=gettext_lazy("Reopen the contract"),
    done=gettext_lazy("The contract may be typed in again."),
    says=acts.before_reopening_contract,
    against=lambda contract: may_reopen(contract.state, contract.student.state),
    form=ask_why(
        help_text=gettext_lazy("The student and the company read it."), length=REASON_LENGTH
    ),
)
DEPOSIT = Act[EmploymentContract](
    command=record_deposit,
    title=gettext_lazy("Record the deposit at the OPCO"),
    button=gettext_lazy("Record the deposit"),
    done=gettext_lazy("The deposit is on record."),
    says=acts.before_recording_deposit,
    against=lambda contract: may_have_deposit(contract.state),
    form=lambda contract, typed: DepositForm(
        typed,
        initial={"deposited_on": contract.deposited_on, "number": contract.deposit_number},
    ),
)
READ = Act[EmploymentContract](
    command=read_contract_secrets,
    title=gettext_lazy("Show what is kept apart"),
    button=gettext_lazy("Show it"),
    done="",
    says=acts.before_reading,
)
PRINT = Act[EmploymentContract](
    command=whole_data_sheet,
    title=gettext_lazy("Data sheet with what is kept apart"),
    button=gettext_lazy("Make the data sheet"),
    done="",
    says=acts.before_printing,
)
