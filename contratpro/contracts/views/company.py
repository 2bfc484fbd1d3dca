"""The company's page of a contract, opened by a signed link: one page, and an address for each act."""

from django.http import Http404, HttpResponseBase
from django.urls import reverse

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from companies.employment.rules.form import FormPart
from contratpro.contracts.selectors import contract_by_ref
from contratpro.contracts.services.locking import ContractWriter
from contratpro.contracts.views.desk import (
    ContractDesk,
    contract_page,
    contract_saved,
    data_sheet_response,
)
from contratpro.models import EmploymentContract


def company_contract(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return contract_page(request, _desk(request, link))


def save(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return contract_saved(request, _desk(request, link))


def sheet(_request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """The data sheet, without what is kept apart."""
    return data_sheet_response(_contract(link))


def _contract(link: SignedLink) -> EmploymentContract:
    contract = contract_by_ref(link.subject_ref)
    if contract is None:
        raise Http404
    return contract


def _desk(request: PersonRequest, link: SignedLink) -> ContractDesk:
    token = token_of(request)
    return ContractDesk(
        writer=ContractWriter(link_id=link.pk),
        parts=(FormPart.EMPLOYER,),
        find=lambda: _contract(link),
        page=reverse("signed_link", args=[token]),
        save=reverse("signed_link_act", args=[token, "save"]),
        template="contratpro/contracts/page.html",
        secrets=lambda _contract: None,
        more={
            "by_link": True,
            "until": link.expires_at,
            "sheet_address": reverse("signed_link_act", args=[token, "sheet"]),
        },
    )
