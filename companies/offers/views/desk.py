"""The office's screens, under /admin/offers/: offers listed, read, written, asked for."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import QuickerError, seen_of
from common.files.views import serve_file
from common.forms import attempt
from companies.models import JobOffer
from companies.offers.forms import DeskFilter, DeskForm, OfferForm
from companies.offers.permissions import can_handle_offer
from companies.offers.presentation import (
    AUDIENCES,
    offer_rows,
    offer_words,
    plain_label,
    readable,
    state_counts,
)
from companies.offers.rules import (
    FIELDS,
    may_change,
    may_close,
    may_refuse,
    may_send_link,
)
from companies.offers.selectors import (
    content_of,
    counts_by_state,
    desks_of,
    handled_offers,
    offer_by_ref,
    today_of,
)
from companies.offers.services.deciding import change_offer, post_offer
from companies.states import PROLONGED_OFFERS

PER_PAGE = 50


@require_safe
def offers(request: PersonRequest) -> HttpResponseBase:
    """Those that one's offices look after, what has to be read first."""
    desks = desks_of(request.user)
    if not desks:
        raise Http404
    found = DeskFilter(request.GET, handled_offers(request.user))
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "found": found,
        "page": page,
        "rows": offer_rows(page.object_list),
        "query": asked.urlencode(),
        "is_filtered": any(asked.values()),
        "counts": state_counts(counts_by_state(request.user)),
        "several": len(desks) > 1,
    }
    return render(request, "companies/offers/desk.html", context)


@require_safe
def offer(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What was sent, and what may be done with it; a draft is read by its company alone."""
    row = offer_or_404(request.user, ref)
    context = {
        **offer_words(row),
        "audience": AUDIENCES[row.audience],
        "may_decide": bool(may_refuse(row.state)),
        "may_change": bool(may_change(row.state)),
        "may_prolong": row.state in PROLONGED_OFFERS,
        "may_close": bool(may_close(row.state)),
        "may_link": bool(may_send_link(row.state)),
    }
    return render(request, "companies/offers/offer.html", context)


@require_safe
def offer_file(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = offer_or_404(request.user, ref)
    if row.attachment is None:
        raise Http404
    return serve_file(row.attachment)


@require_http_methods(["GET", "POST"])
def offer_post(request: PersonRequest) -> HttpResponseBase:
    """An offer that the office writes itself."""
    desks = desks_of(request.user)
    if not desks:
        raise Http404
    is_sent = request.method == "POST"
    desk = DeskForm(request.POST if is_sent else None, desks=desks)
    form = OfferForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        kept={},
        today=today_of(request.received_at),
    )
    if is_sent and desk.is_valid() and form.is_valid():
        posting = partial(post_offer, **desk.cleaned_data, content=form.said, file=form.file)
        if attempt(form, partial(posting, actor=request.user, now=request.received_at)):
            messages.success(request, _("The offer is published."))
            _say_known(request, form)
            return redirect("offers")
    context = {"offer": None, "desk": desk, "form": form, "seen": "", "back": reverse("offers")}
    return _form_page(request, context, is_sent=is_sent)


@require_http_methods(["GET", "POST"])
def offer_change(request: PersonRequest, ref: str) -> HttpResponseBase:
    """What the office corrects stays where it is: published, or to be read."""
    row = offer_or_404(request.user, ref)
    if not may_change(row.state):
        raise Http404
    is_sent = request.method == "POST"
    stored = content_of(row)
    form = OfferForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        kept=stored,
        today=today_of(request.received_at),
        company=row.company,
        attached=row.attachment.name if row.attachment else "",
    )
    page = reverse("offer", kwargs={"ref": ref})
    if is_sent and form.is_valid():
        changing = partial(change_offer, ref=ref, content=form.said, file=form.file)
        changing = partial(changing, seen=request.POST.get("seen", ""), actor=request.user)
        try:
            if attempt(form, partial(changing, now=request.received_at)):
                _say_changed(request, row, form)
                return redirect(page)
        except QuickerError as error:
            return _quicker(request, row, {**error.theirs}, form)
    seen = request.POST.get("seen", "") if is_sent else seen_of(stored, FIELDS)
    context = {"offer": row, "desk": None, "form": form, "seen": seen, "back": page}
    return _form_page(request, context, is_sent=is_sent)


def _say_changed(request: PersonRequest, before: JobOffer, form: OfferForm) -> None:
    if offer_or_404(request.user, before.ref).number == before.number:
        messages.info(request, _("Nothing of the offer has changed."))
    else:
        messages.success(request, _("The offer is changed."))
    _say_known(request, form)


def _say_known(request: PersonRequest, form: OfferForm) -> None:
    if form.known_as:
        messages.warning(request, form.known_as)


def offer_or_404(user: User, ref: str) -> JobOffer:
    row = offer_by_ref(ref)
    if row is None or not can_handle_offer(user, row):
        raise Http404
    return row


def _quicker(
    request: PersonRequest, row: JobOffer, theirs: dict[str, str], form: OfferForm
) -> HttpResponse:
    context = {
        **offer_words(row),
        **quicker_page(theirs, form.said, FIELDS, plain_label, readable),
        "back": reverse("offer_change", kwargs={"ref": row.ref}),
        "action": reverse("offer_change", kwargs={"ref": row.ref}),
    }
    template = "companies/offers/desk_quicker.html"
    return render(request, template, context, status=HTTPStatus.CONFLICT)


def _form_page(
    request: PersonRequest, context: Mapping[str, object], *, is_sent: bool
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    return render(request, "companies/offers/desk_form.html", {**context}, status=status)
