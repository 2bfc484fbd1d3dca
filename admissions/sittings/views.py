"""Where the office sets hours and opens them to be booked. For anyone else it does not exist."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.sittings.forms import SlotsForm, TimeForm
from admissions.sittings.permissions import can_open_slots
from admissions.sittings.selectors import (
    bookable_assessments,
    called_sittings,
    scheduled_campaigns,
    slots_of,
    timed_assessments,
)
from admissions.sittings.services import close_slot, open_slots, set_sitting_time
from campaigns.models import Assessment
from campaigns.vocabulary import Booking
from common.forms import attempt
from common.refusals import DomainError, say

SLOTS_PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def slots(request: PersonRequest, slug: str, test: int) -> HttpResponseBase:
    """Those of a test, with what is booked; several are opened at once."""
    row = _test_or_404(request, slug, test)
    campaign = row.stage.selection.campaign
    form = SlotsForm(
        request.POST if request.method == "POST" else None, test=row, zone=ZoneInfo(campaign.zone)
    )
    if request.method == "POST" and form.is_valid():
        opening = partial(
            open_slots, assessment_id=row.pk, actor=request.user, now=request.received_at
        )
        if attempt(form, partial(opening, **form.opened)):
            messages.success(request, _opened(row, len(form.opened["spans"])))
            return redirect("slots", slug=slug, test=test)
    page = Paginator(slots_of(row), SLOTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "test": row,
        "form": form,
        "page": page,
        "now": request.received_at,
    }
    return render(
        request, "admissions/sittings/slots.html", context, status=422 if form.errors else 200
    )


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
    if row is None or not can_open_slots(request.user, row):
        raise Http404
    return row


def _opened(test: Assessment, count: int) -> str:
    if test.booking == Booking.DAY:
        return _("The day is open to candidates.")
    said = ngettext("%(count)d is open to candidates.", "%(count)d are open to candidates.", count)
    return said % {"count": count}


PER_PAGE = 50
ALL = "all"


@require_safe
def sittings_home(request: PersonRequest) -> HttpResponseBase:
    """To the newest campaign whose hours one sets."""
    campaign = scheduled_campaigns(request.user).order_by("-opens_at", "slug").first()
    if campaign is None:
        raise Http404
    return redirect("sittings", slug=campaign.slug)


@require_http_methods(["GET", "POST"])
def sittings(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Those called to a test, at first those without an hour; several hours are set at once."""
    campaign = scheduled_campaigns(request.user).filter(slug=slug).first()
    if campaign is None:
        raise Http404
    tests = list(timed_assessments(campaign))
    chosen = next(
        (test for test in tests if str(test.pk) == request.GET.get("test")),
        tests[0] if tests else None,
    )
    without_time = request.GET.get("show") != ALL
    context = {"campaign": campaign, "tests": tests, "chosen": chosen, "without_time": without_time}
    if chosen is None:
        return render(
            request, "admissions/sittings/sittings.html", context | {"forms": (), "page": None}
        )
    rows = called_sittings(request.user, campaign, chosen, without_time=without_time)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    zone = ZoneInfo(campaign.zone)
    forms = [TimeForm(request.POST or None, sitting=row, zone=zone) for row in page.object_list]
    if request.method == "POST" and _all_set(request, forms):
        return redirect(request.get_full_path())
    query = f"test={chosen.pk}&show={'' if without_time else ALL}"
    context |= {"forms": forms, "page": page, "query": query}
    return render(
        request,
        "admissions/sittings/sittings.html",
        context,
        status=422 if any(f.errors for f in forms) else 200,
    )


def _all_set(request: PersonRequest, forms: list[TimeForm]) -> bool:
    """Set what was typed, line by line; a line that is refused keeps none of the others from being set."""
    changed = [form for form in forms if form.has_changed()]
    done = [form for form in changed if form.is_valid() and _set(request, form)]
    if done:
        said = ngettext(
            "%(count)d hour is set, and the candidate told.",
            "%(count)d hours are set, and the candidates told.",
            len(done),
        )
        messages.success(request, said % {"count": len(done)})
    return len(done) == len(changed)


def _set(request: PersonRequest, form: TimeForm) -> bool:
    said = form.cleaned_data
    setting = partial(
        set_sitting_time,
        sitting_ref=form.sitting.ref,
        starts_at=said["starts_at"],
        place=said["place"],
    )
    return attempt(form, partial(setting, actor=request.user, now=request.received_at))
