"""A candidate books an hour or a day of a test."""

from datetime import datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.dossier.requests import my_dossier
from admissions.models import Slot
from admissions.sittings.forms import BookingForm
from admissions.sittings.selectors import Offered, offer_of
from admissions.sittings.services import book_slot
from common.forms import attempt
from common.refusals import say


@require_http_methods(["GET", "POST"])
def book(request: PersonRequest, ref: str, sitting_ref: str) -> HttpResponseBase:
    """Those left and those full, day by day; whoever has booked sees it, and may change where the notice lets one."""
    dossier = my_dossier(request, ref)
    offer = offer_of(dossier.application, sitting_ref, request.received_at)
    if offer is None:
        raise Http404
    form = BookingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        booking = partial(
            book_slot, sitting_ref=sitting_ref, actor=request.user, now=request.received_at
        )
        if attempt(form, partial(booking, slot_ref=form.cleaned_data["slot"])):
            messages.success(request, _("Booked. A message that says so is on its way to you."))
            return redirect("application", ref=ref)
        offer = offer_of(dossier.application, sitting_ref, request.received_at)
    refused = [say(refusal) for refusal in offer.may_choose.refusals] if offer else []
    context = {
        "dossier": dossier,
        "offer": offer,
        "form": form,
        "days": _by_day(offer, dossier.zone),
        "refused": refused,
    }
    return render(
        request, "admissions/candidate/book.html", context, status=422 if form.errors else 200
    )


def _by_day(offer: Offered | None, zone: ZoneInfo) -> list[tuple[datetime, list[Slot]]]:
    """Each day, by the beginning of its first slot, with its slots."""
    slots = offer.slots if offer else ()
    days = (
        list(group)
        for _, group in groupby(slots, key=lambda slot: slot.starts_at.astimezone(zone).date())
    )
    return [(day[0].starts_at, day) for day in days]
