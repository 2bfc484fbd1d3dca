"""Offers as those read them before whom they are put. Who may read is for the caller to say, with a board."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.models import School
from accounts.requests import PersonRequest
from common.files.views import serve_file
from companies.models import JobOffer
from companies.offers.forms import OfferFilter
from companies.offers.presentation import offer_words, read_rows
from companies.offers.selectors import areas_in, open_offers, today_of
from companies.states import OfferAudience

PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBoard:
    """Whose offers are shown, and at which addresses: those of the list, of an offer and of its file."""

    school: School
    audience: OfferAudience
    page: str
    address: Callable[[str], str]
    file: Callable[[str], str]
    back: str
    back_words: str
    more: Mapping[str, object] = field(default_factory=dict)
    template: str = "companies/offers/list.html"


def offer_list(request: PersonRequest, board: OfferBoard) -> HttpResponse:
    """The newest first, narrowed by place, keyword, département and age."""
    now = request.received_at
    rows = open_offers(board.school, board.audience, today_of(now))
    found = OfferFilter(request.GET, rows, areas=areas_in(rows), now=now)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        **board.more,
        "board": board,
        "found": found,
        "page": page,
        "rows": read_rows(page.object_list, board.address),
        "query": asked.urlencode(),
        "is_filtered": any(asked.values()),
    }
    return render(request, board.template, context)


def offer_read(request: PersonRequest, board: OfferBoard, ref: str) -> HttpResponse:
    offer = _open_or_404(request, board, ref)
    context = {**offer_words(offer), "board": board, "file_url": board.file(ref)}
    return render(request, "companies/offers/read.html", context)


def offer_attachment(request: PersonRequest, board: OfferBoard, ref: str) -> HttpResponseBase:
    offer = _open_or_404(request, board, ref)
    if offer.attachment is None:
        raise Http404
    return serve_file(offer.attachment)


def _open_or_404(request: PersonRequest, board: OfferBoard, ref: str) -> JobOffer:
    """For students, an offer that is not published, or over, or another school's, does not exist."""
    rows = open_offers(board.school, board.audience, today_of(request.received_at))
    offer = rows.filter(ref=ref).first()
    if offer is None:
        raise Http404
    return offer
