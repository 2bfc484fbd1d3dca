"""One page for whoever fills in a contract, signed in or by a link: read, saved, printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import QuickerError, fingerprint, seen_of
from common.pdf import MEDIA_TYPE
from common.refusals import DomainError, NotAllowedError, say
from common.rules import Refusal
from companies.employment.rules.form import FormPart, normal
from companies.secrets.selectors import KnownSecrets
from contratpro.contracts.forms import ContractForm
from contratpro.contracts.presentation.boxes import (
    EMPLOYMENT_SIGNS,
    BoxList,
    label_of,
    lacking_words,
    pay_rows,
    readable,
    reading_of,
    said_with_boxes,
    sections_of,
)
from contratpro.contracts.rules.acts import may_type_apart, may_write
from contratpro.contracts.rules.review import SaidBeside
from contratpro.contracts.selectors import (
    draft_content,
    form_of,
    is_approved,
    minimum_by_month,
    notes_of,
    review_of,
    version_in_force,
)
from contratpro.contracts.services.locking import ContractWriter
from contratpro.contracts.services.printing import data_sheet
from contratpro.contracts.services.writing import save_contract
from contratpro.models import EmploymentContract
from contratpro.year.selectors import year_now


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDesk:
    """As whom a contract is filled in, which parts of it, and at which addresses; `find` reads it again."""

    writer: ContractWriter
    parts: tuple[FormPart, ...]
    find: Callable[[], EmploymentContract]
    page: str
    save: str
    template: str
    secrets: Callable[[EmploymentContract], KnownSecrets | None]
    more: Mapping[str, object] = field(default_factory=dict)


def contract_page(
    request: PersonRequest, desk: ContractDesk, status: int = HTTPStatus.OK, **more: object
) -> HttpResponse:
    """The boxes of one's parts while they may be typed, the others to be read; else what was found complete."""
    contract = desk.find()
    student = contract.student
    approved = is_approved(student)
    may = may_write(contract.state, student.state, is_approved=approved)
    may_apart = may_type_apart(contract.state, student.state, is_approved=approved)
    version = version_in_force(contract)
    shown = _version(contract, desk) if version else _draft(contract, desk, is_open=bool(may))
    context = {
        **desk.more,
        "desk": desk,
        "contract": contract,
        "student": student,
        "sign": EMPLOYMENT_SIGNS[contract.state],
        "name": student.full_name,
        "said": year_now(student.year),
        "cert_form": form_of(version),
        "version": version,
        "may_write": bool(may),
        "may_type_apart": bool(may_apart),
        "against": [] if version else [say(one) for one in may.refusals],
        **shown,
        **more,
    }
    return render(request, desk.template, context, status=status)


def contract_saved(request: PersonRequest, desk: ContractDesk) -> HttpResponseBase:
    """What was typed is kept before anything else, unless it is too late or someone else was quicker."""
    form = ContractForm(request.POST, form=form_of(None), parts=desk.parts, kept={})
    saving = partial(save_contract, writer=desk.writer, content=form.typed)
    try:
        saving(seen=request.POST.get("seen", ""), now=request.received_at)
    except QuickerError as error:
        return _quicker(request, desk, error.theirs, form.typed, desk.save)
    except NotAllowedError:
        raise
    except DomainError:
        return _too_late(request, desk, form)
    messages.success(request, _("Saved. What is to be said of it stands beside each box."))
    return redirect(desk.page)


def data_sheet_response(contract: EmploymentContract) -> HttpResponse:
    return pdf_response(data_sheet(contract), contract)


def pdf_response(content: bytes, contract: EmploymentContract) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    name = f"cerfa-12434-{contract.ref}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _draft(contract: EmploymentContract, desk: ContractDesk, *, is_open: bool) -> dict[str, object]:
    content = draft_content(contract)
    review = review_of(contract, content)
    says = (*review.slips, *review.refusals)
    noted = {one.box for one in (*says, *review.notes)}
    form = form_of(None)
    parts = desk.parts if is_open else ()
    typing = ContractForm(form=form, parts=parts, kept=contract.draft, noted=noted)
    secrets = desk.secrets(contract)
    boxes = BoxList(
        says=says,
        notes=(*review.notes, *_about_nir(secrets)),
        bound=typing.bound(),
        secrets=secrets,
    )
    return {
        "sections": sections_of(form, content, boxes),
        "seen": seen_of(contract.draft, form.typed_by(*desk.parts)),
        "seen_whole": fingerprint(contract.draft),
        "lacking": lacking_words(review),
        "stands_against": said_with_boxes(form, says),
        "notes": said_with_boxes(form, review.notes),
        "is_clean": review.is_clean,
        "pay": pay_rows(minimum_by_month(review), review.facts.gross_cents),
    }


def _version(contract: EmploymentContract, desk: ContractDesk) -> dict[str, object]:
    """What was found complete, with its notes."""
    version = version_in_force(contract)
    assert version, "a draft has no version in force"
    form = form_of(version)
    notes = notes_of(contract, version)
    secrets = desk.secrets(contract)
    boxes = BoxList(notes=(*notes, *_about_nir(secrets)), bound={}, secrets=secrets)
    review = review_of(contract, version.content, version)
    return {
        "sections": sections_of(form, version.content, boxes),
        "notes": said_with_boxes(form, notes),
        "pay": pay_rows(minimum_by_month(review), review.facts.gross_cents),
    }


def _about_nir(secrets: KnownSecrets | None) -> list[SaidBeside]:
    """What was found in the number when it was typed, for those who may know it: nobody reads it for that."""
    codes = secrets.notes if secrets else ()
    return [SaidBeside(box="nir", said=Refusal(code)) for code in codes]


def _too_late(request: PersonRequest, desk: ContractDesk, form: ContractForm) -> HttpResponseBase:
    """It was found complete meanwhile, or may not be typed. What was typed is shown once more, beside what is kept."""
    contract = desk.find()
    version = version_in_force(contract)
    theirs = version.content if version else contract.draft
    kept = {name: theirs.get(name, "") for name in form.names}
    fields = reading_of(form_of(None))
    if all(
        normal(fields[name], kept[name]) == normal(fields[name], mine)
        for name, mine in form.typed.items()
    ):
        return redirect(desk.page)
    return _quicker(request, desk, kept, form.typed, "")


def _quicker(
    request: PersonRequest,
    desk: ContractDesk,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    action: str,
) -> HttpResponse:
    form = form_of(None)
    fields = reading_of(form)
    names = form.typed_by(*desk.parts)
    both = quicker_page(
        theirs,
        mine,
        names,
        lambda name: label_of(fields[name]),
        lambda text, name: readable(fields[name], text),
    )
    contract = desk.find()
    context = {
        **desk.more,
        "contract": contract,
        "student": contract.student,
        "sign": EMPLOYMENT_SIGNS[contract.state],
        "name": contract.student.full_name,
        "said": year_now(contract.student.year),
        **both,
        "back": desk.page,
        "action": action,
    }
    template = "contratpro/contracts/quicker.html"
    return render(request, template, context, status=HTTPStatus.CONFLICT)
