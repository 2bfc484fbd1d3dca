"""What is kept apart of a contract is typed, on the student's page and on the office's, which never show it."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.requests import PersonRequest
from common.forms import attempt
from common.refusals import say
from common.rules import Refusal
from contratpro.contracts.forms import DisabilityForm, NirForm
from contratpro.contracts.services.writing import type_disability, type_nir
from contratpro.contracts.views.desk import ContractDesk, contract_page

NIR_KEPT = _(
    "The social security number is kept. Only the contrat pro office may show it, each time on record."
)
DISABILITY_KEPT = _(
    "The answer is kept. Only the contrat pro office may show it, each time on record."
)


@dataclass(slots=True)
class _Noted:
    """What was found in a number, for whoever has just typed it."""

    codes: tuple[str, ...] = ()


def nir_typed(request: PersonRequest, desk: ContractDesk) -> HttpResponseBase:
    form, noted = NirForm(request.POST), _Noted()
    if form.is_valid() and attempt(form, partial(_keep_nir, request, desk, form, noted), "nir"):
        messages.success(request, NIR_KEPT)
        for code in noted.codes:
            messages.warning(request, say(Refusal(code)))
        return redirect(desk.page)
    return _again(request, desk, nir_form=form)


def disability_typed(request: PersonRequest, desk: ContractDesk) -> HttpResponseBase:
    form = DisabilityForm(request.POST)
    if form.is_valid():
        keeping = partial(
            type_disability, writer=desk.writer, **form.cleaned_data, now=request.received_at
        )
        if attempt(form, keeping, "is_disabled"):
            messages.success(request, DISABILITY_KEPT)
            return redirect(desk.page)
    return _again(request, desk, disability_form=form)


def sealed_forms() -> dict[str, object]:
    """What a page has for what is typed apart."""
    return {"nir_form": NirForm(), "disability_form": DisabilityForm()}


def _keep_nir(request: PersonRequest, desk: ContractDesk, form: NirForm, noted: _Noted) -> None:
    nir = form.cleaned_data["nir"]
    noted.codes = type_nir(writer=desk.writer, nir=nir, now=request.received_at)


def _again(request: PersonRequest, desk: ContractDesk, **forms: object) -> HttpResponseBase:
    return contract_page(request, desk, HTTPStatus.UNPROCESSABLE_ENTITY, **forms)
