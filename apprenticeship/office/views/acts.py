"""What the company office does with a place: each act on its own page, which says first what will happen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.states import LIVE_STATES
from apprenticeship.contracts.permissions import can_admit
from apprenticeship.contracts.selectors import age_limits
from apprenticeship.contracts.services import (
    admit,
    break_contract,
    countersign_contract,
    draft_contract,
    revert,
    sign_contract,
)
from apprenticeship.office.forms import (
    ConfirmForm,
    CountersignatureForm,
    DraftForm,
    SeatReasonForm,
    SignatureForm,
    TransferForm,
)
from apprenticeship.office.selectors import AdmissionFile, admission_file
from apprenticeship.office.views.board import Right, followed_or_404
from apprenticeship.places.permissions import can_manage_seat
from apprenticeship.places.selectors import open_to_transfer
from apprenticeship.places.services import transfers
from apprenticeship.projects.services import seats
from common.forms import attempt
from common.refusals import say
from common.rules import Verdict

LIVE_CANDIDACIES = LIVE_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAct:
    may: Right
    command: Callable[..., object]
    title: Promise
    act: Promise
    done: Promise
    consequences: Callable[[AdmissionFile], list[str]]
    form: Callable[[AdmissionFile, Mapping[str, Any] | None], forms.Form]
    against: Callable[[AdmissionFile], Verdict] = lambda _file: Verdict()
    danger: bool = False


def _act(request: PersonRequest, ref: str, act: SeatAct) -> HttpResponseBase:
    file = admission_file(followed_or_404(request.user, ref, act.may))
    form = act.form(file, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"candidacy_ref": ref, "actor": request.user, "now": request.received_at}
        if attempt(form, partial(act.command, **told, **form.cleaned_data)):
            messages.success(request, str(act.done))
            return redirect("seat_dossier", ref=ref)
    context = {
        "file": file,
        "act": act,
        "form": form,
        "locked": [say(refusal) for refusal in act.against(file).refusals],
        "consequences": act.consequences(file),
    }
    return render(
        request, "apprenticeship/office/act.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def contract_draft(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, DRAFT)


@require_http_methods(["GET", "POST"])
def contract_sign(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, SIGN)


@require_http_methods(["GET", "POST"])
def contract_countersign(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, COUNTERSIGN)


@require_http_methods(["GET", "POST"])
def contract_break(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, BREAK)


@require_http_methods(["GET", "POST"])
def seat_release(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, RELEASE)


@require_http_methods(["GET", "POST"])
def seat_admit(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, ADMIT)


@require_http_methods(["GET", "POST"])
def seat_revert(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, REVERT)


@require_http_methods(["GET", "POST"])
def seat_transfer(request: PersonRequest, ref: str) -> HttpResponseBase:
    return _act(request, ref, TRANSFER)


def _aged(file: AdmissionFile) -> bool:
    """Whether the notice sets an age for that programme."""
    day = file.candidacy.application.campaign.year_until
    return bool(age_limits(file.candidacy, day, None))


def _draft_form(file: AdmissionFile, data: Mapping[str, Any] | None) -> forms.Form:
    kept = file.contract
    initial = {
        "starts_on": kept.starts_on if kept else parse_date(file.content.get("starts_on", "")),
        "derogation": kept.derogation if kept else "",
    }
    return DraftForm(data, aged=_aged(file), initial=initial)


def _sign_form(file: AdmissionFile, data: Mapping[str, Any] | None) -> forms.Form:
    derogation = file.contract.derogation if file.contract else ""
    return SignatureForm(data, aged=_aged(file), initial={"derogation": derogation})


def _others(file: AdmissionFile) -> list[str]:
    others = (
        file.candidacy.application.candidacies.exclude(pk=file.candidacy.pk)
        .filter(state__in=LIVE_CANDIDACIES)
        .count()
    )
    if not others:
        return []
    words = ngettext(
        "%(count)d other application of this person to the campaign is withdrawn.",
        "%(count)d other applications of this person to the campaign are withdrawn.",
        others,
    )
    return [words % {"count": others}]


def _admitting(file: AdmissionFile) -> list[str]:
    told = _("The candidate is told at once by e-mail.")
    return [_("The admission is recorded, with today's date and your name."), *_others(file), told]


def _breaking(file: AdmissionFile) -> list[str]:
    admitted = [
        _("The admission, which rests on it, is taken back: the candidate is told why by e-mail.")
    ]
    kept = [
        _("The place stays held: another contract may be drafted, or the place given back."),
        _("It cannot be undone."),
    ]
    return [*(admitted if file.admitted else []), *kept]


def _releasing(_file: AdmissionFile) -> list[str]:
    return [
        _("The job project ends: the employer has gone back on it."),
        _("A contract that is only drafted is deleted."),
        _("The place goes to the first who waits, who is told by e-mail."),
        _("The candidate stays selected, and is told why by e-mail."),
    ]


def _reverting(_file: AdmissionFile) -> list[str]:
    return [
        _("The candidate is selected again, no longer admitted, and is told why by e-mail."),
        _("The place and the contract stay as they are."),
        _("The other applications that were withdrawn stay so."),
    ]


TRANSFER = SeatAct(
    may=can_manage_seat,
    command=transfers.transfer_candidacy,
    title=gettext_lazy("Transfer to another programme"),
    act=gettext_lazy("Transfer"),
    done=gettext_lazy("The candidacy is transferred, and the candidate told."),
    consequences=lambda _file: [
        _("The decisions, the job project and the place stay as they are, and no fee is due."),
        _("The candidate is told at once by e-mail."),
    ],
    form=lambda file, data: TransferForm(data, programmes=open_to_transfer(file.candidacy)),
)
DRAFT = SeatAct(
    may=can_manage_seat,
    command=draft_contract,
    title=gettext_lazy("Draft the contract"),
    act=gettext_lazy("Keep this draft"),
    done=gettext_lazy("The draft of the contract is kept."),
    consequences=lambda _file: [
        _("Nothing is signed: the draft may be changed until the signature.")
    ],
    form=_draft_form,
    against=lambda file: file.may_draft,
)
SIGN = SeatAct(
    may=can_manage_seat,
    command=sign_contract,
    title=gettext_lazy("Record the signature"),
    act=gettext_lazy("Record the signature"),
    done=gettext_lazy("The signature is recorded."),
    consequences=lambda _file: [
        _("The draft is closed: a signed contract can only be countersigned or broken.")
    ],
    form=_sign_form,
)
COUNTERSIGN = SeatAct(
    may=can_manage_seat,
    command=countersign_contract,
    title=gettext_lazy("Record the countersignature"),
    act=gettext_lazy("Record the countersignature"),
    done=gettext_lazy("The countersignature is recorded."),
    consequences=lambda _file: [
        _("The contract is complete: the candidate may be admitted once all the rest is there.")
    ],
    form=lambda _file, data: CountersignatureForm(data),
)
BREAK = SeatAct(
    may=can_manage_seat,
    command=break_contract,
    title=gettext_lazy("Break the contract"),
    act=gettext_lazy("Break the contract"),
    done=gettext_lazy("The contract is broken."),
    consequences=_breaking,
    form=lambda _file, data: SeatReasonForm(data),
    danger=True,
)
RELEASE = SeatAct(
    may=can_manage_seat,
    command=seats.release_seat,
    title=gettext_lazy("Give the place back"),
    act=gettext_lazy("Give the place back"),
    done=gettext_lazy("The place is given back."),
    consequences=_releasing,
    form=lambda _file, data: SeatReasonForm(data),
    danger=True,
)
ADMIT = SeatAct(
    may=can_admit,
    command=admit,
    title=gettext_lazy("Admit the candidate"),
    act=gettext_lazy("Admit and tell the candidate"),
    done=gettext_lazy("The candidate is admitted, and told by e-mail."),
    consequences=_admitting,
    form=lambda _file, data: ConfirmForm(data),
    against=lambda file: file.may_admit,
)
REVERT = SeatAct(
    may=can_admit,
    command=revert,
    title=gettext_lazy("Take the admission back"),
    act=gettext_lazy("Take the admission back"),
    done=gettext_lazy("The admission is taken back, and the candidate is told by e-mail."),
    consequences=_reverting,
    form=lambda _file, data: SeatReasonForm(data),
    danger=True,
)
