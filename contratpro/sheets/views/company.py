"""The company's page of a contact sheet, opened by a signed link: one page, and an address for each act."""

from django.http import Http404, HttpResponseBase
from django.urls import reverse

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from contratpro.models import ContactSheet
from contratpro.sheets.selectors import sheet_by_ref
from contratpro.sheets.services.locking import SheetWriter
from contratpro.sheets.views.desk import SheetDesk, saved, sent, sheet_page


def company_sheet(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return sheet_page(request, _desk(request, link))


def save(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return saved(request, _desk(request, link))


def send(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return sent(request, _desk(request, link))


def _desk(request: PersonRequest, link: SignedLink) -> SheetDesk:
    token = token_of(request)

    def find() -> ContactSheet:
        sheet = sheet_by_ref(link.subject_ref)
        if sheet is None:
            raise Http404
        return sheet

    return SheetDesk(
        writer=SheetWriter(link_id=link.pk),
        find=find,
        page=reverse("signed_link", args=[token]),
        save=reverse("signed_link_act", args=[token, "save"]),
        send=reverse("signed_link_act", args=[token, "send"]),
        more={"by_link": True, "until": link.expires_at, "token": token},
    )
