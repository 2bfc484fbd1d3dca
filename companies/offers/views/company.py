"""The company's page of an offer, opened by a signed link: one page, and an address for each act."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.links.requests import token_of
from accounts.models import SignedLink
from accounts.requests import PersonRequest
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.forms import attempt
from common.refusals import DomainError, NotAllowedError
from companies.models import JobOffer
from companies.offers.forms import EndingForm, OfferForm, ProlongForm
from companies.offers.presentation import attached_name, offer_words, plain_label, readable
from companies.offers.rules import FIELDS, may_close, may_write
from companies.offers.selectors import content_of, offer_by_ref, text_of, today_of
from companies.offers.services.ending import close_by_link, prolong_by_link
from companies.offers.services.locking import AS_IT_WAS
from companies.offers.services.writing import save_offer, send_offer
from companies.states import PROLONGED_OFFERS

Then = Callable[[PersonRequest, SignedLink, JobOffer, OfferForm], HttpResponseBase]


def offer_page(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """The form while it may be written, else what was sent."""
    offer = _offer(link)
    if may_write(offer.state):
        return _page(request, link, offer, form=_form(request, offer))
    return _page(request, link, offer)


def save(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _written(request, link, _say_saved)


def send(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    return _written(request, link, _send)


def prolong(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    form = ProlongForm(request.POST)
    if form.is_valid():
        prolonging = partial(prolong_by_link, link_id=link.pk, **form.cleaned_data)
        if attempt(form, partial(prolonging, now=request.received_at), "until"):
            messages.success(request, _("The offer is prolonged."))
            return _back(request)
    return _page(request, link, _offer(link), prolong_form=form)


def close(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    form = EndingForm(request.POST)
    if form.is_valid():
        closing = partial(close_by_link, link_id=link.pk, **form.cleaned_data)
        if attempt(form, partial(closing, now=request.received_at), "ending"):
            messages.success(request, _("The offer is closed. Thank you."))
            return _back(request)
    return _page(request, link, _offer(link), ending_form=form)


def _offer(link: SignedLink) -> JobOffer:
    offer = offer_by_ref(link.subject_ref)
    if offer is None:
        raise Http404
    return offer


def _form(request: PersonRequest, offer: JobOffer, *, is_sent: bool = False) -> OfferForm:
    return OfferForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        kept={} if is_sent else text_of(offer),
        today=today_of(request.received_at),
        company=offer.company,
        attached=attached_name(offer),
    )


def _written(request: PersonRequest, link: SignedLink, then: Then) -> HttpResponseBase:
    """Keep what was typed before anything else, unless it is too late or someone else was quicker."""
    form = _form(request, _offer(link), is_sent=True)
    saving = partial(save_offer, link_id=link.pk, content=form.typed, now=request.received_at)
    try:
        kept = saving(seen=request.POST.get("seen", ""))
        if form.file == AS_IT_WAS or _attached(form, partial(saving, seen=_seen(kept))):
            return then(request, link, kept, form)
        return _page(request, link, kept, form=form)
    except QuickerError as error:
        action = reverse("signed_link_act", args=[token_of(request), "save"])
        return _quicker(request, link, error.theirs, form.typed, action)
    except NotAllowedError:
        raise
    except DomainError:
        return _too_late(request, link, form)


def _attached(form: OfferForm, saving: Callable[..., object]) -> bool:
    """The file too, or why not beside its field: the text is saved already."""
    form.full_clean()
    return attempt(form, partial(saving, file=form.file), "attachment")


def _say_saved(
    request: PersonRequest, _link: SignedLink, _kept: JobOffer, _form: OfferForm
) -> HttpResponseBase:
    messages.success(request, _("Saved. You may close this page and come back to it."))
    return _back(request)


def _send(
    request: PersonRequest, link: SignedLink, kept: JobOffer, form: OfferForm
) -> HttpResponseBase:
    """Sent if nothing is missing; else what lacks is said, all at once."""
    if form.is_valid():
        sending = partial(send_offer, link_id=link.pk, content=form.said, now=request.received_at)
        if attempt(form, partial(sending, seen=_seen(_offer(link)))):
            _say_sent(request, kept, _offer(link), form)
            return _back(request)
    return _page(request, link, kept, form=form)


def _say_sent(request: PersonRequest, before: JobOffer, sent: JobOffer, form: OfferForm) -> None:
    if sent.number == before.number:
        messages.info(request, _("The school has this offer already: nothing of it has changed."))
    else:
        messages.success(request, _("The offer is sent: the school reads it, then publishes it."))
    if form.known_as:
        messages.warning(request, form.known_as)


def _too_late(request: PersonRequest, link: SignedLink, form: OfferForm) -> HttpResponseBase:
    """It was closed meanwhile. What was typed is shown once more, beside what is kept."""
    mine = form.said if form.is_valid() else form.typed
    theirs = content_of(_offer(link))
    if quicker_page(theirs, mine, FIELDS, plain_label, readable)["both"]:
        return _quicker(request, link, theirs, mine)
    return _back(request)


def _quicker(
    request: PersonRequest, link: SignedLink, theirs: Content, mine: Content, action: str = ""
) -> HttpResponse:
    context = {
        **_about(request, link, _offer(link)),
        **quicker_page(theirs, mine, FIELDS, plain_label, readable),
        "back": reverse("signed_link", args=[token_of(request)]),
        "action": action,
    }
    return render(request, "companies/offers/quicker.html", context, status=HTTPStatus.CONFLICT)


def _page(
    request: PersonRequest,
    link: SignedLink,
    offer: JobOffer,
    *,
    form: OfferForm | None = None,
    prolong_form: ProlongForm | None = None,
    ending_form: EndingForm | None = None,
) -> HttpResponse:
    """All that the link opens; whatever was refused is an answer of 422."""
    if form is None and may_write(offer.state):
        form = _form(request, offer)
    context = {
        **_about(request, link, offer),
        "form": form,
        "seen": _seen(offer),
        "prolong_form": (prolong_form or ProlongForm()) if _may_prolong(offer) else None,
        "ending_form": (ending_form or EndingForm()) if _may_close(offer) else None,
    }
    refused = any(one is not None and one.errors for one in (form, prolong_form, ending_form))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "companies/offers/company.html", context, status=status)


def _may_prolong(offer: JobOffer) -> bool:
    return offer.state in PROLONGED_OFFERS


def _may_close(offer: JobOffer) -> bool:
    return bool(may_close(offer.state))


def _about(request: PersonRequest, link: SignedLink, offer: JobOffer) -> Mapping[str, object]:
    return {**offer_words(offer), "token": token_of(request), "until": link.expires_at}


def _seen(offer: JobOffer) -> str:
    return seen_of(text_of(offer), FIELDS)


def _back(request: PersonRequest) -> HttpResponse:
    return redirect("signed_link", token=token_of(request))
