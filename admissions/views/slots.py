"""The office opens hours or days that candidates book, under /admin/sittings/. For anyone else it does not exist."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions import permissions
from admissions.forms.slots import SlotsForm
from admissions.selectors.sittings import bookable_assessments
from admissions.selectors.slots import slots_of
from admissions.services.slots import close_slot, open_slots
from campaigns.models import Assessment
from campaigns.vocabulary import Booking
from common.forms import attempt
from common.refusals import DomainError, say

PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def slots(request: PersonRequest, slug: str, test: int) -> HttpResponseBase:
    """Those of a test, with what is booked; several are opened at once."""
    row = _test_or_404(request, slug, test)
    campaign = row.stage.selection.campaign
    form = SlotsForm(request.POST if request.method == "POST" else None, test=row, zone=ZoneInfo(campaign.zone))
    if request.method == "POST" and form.is_valid():
        opening = partial(open_slots, assessment_id=row.pk, actor=request.user, now=request.received_at)
        if attempt(form, partial(opening, **form.opened)):
            messages.success(request, _opened(row, len(form.opened["spans"])))
            return redirect("slots", slug=slug, test=test)
    page = Paginator(slots_of(row), PER_PAGE).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "test": row, "form": form, "page": page, "now": request.received_at}
    return render(request, "admissions/work/slots.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def slot_close(request: PersonRequest, slug: str, test: int, slot_ref: str) -> HttpResponseBase:
    row = _test_or_404(request, slug, test)
    if request.method == "POST":
        if not row.slots.filter(ref=slot_ref).exists():
            raise Http404
        try:
            close_slot(slot_ref=slot_ref, actor=request.user, now=request.received_at)
        except DomainError as error:
            for refusal in error.refusals:
                messages.error(request, say(refusal))
        else:
            messages.success(request, _("It is taken back."))
    return redirect("slots", slug=slug, test=test)


def _test_or_404(request: PersonRequest, slug: str, test: int) -> Assessment:
    row = bookable_assessments(slug).filter(pk=test).first()
    if row is None or not permissions.can_open_slots(request.user, row):
        raise Http404
    return row


def _opened(test: Assessment, count: int) -> str:
    if test.booking == Booking.DAY.value:
        return _("The day is open to candidates.")
    said = ngettext("%(count)d is open to candidates.", "%(count)d are open to candidates.", count)
    return said % {"count": count}
