"""Where the office sets the hours of tests, under /admin/sittings/. For anyone else it does not exist."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.forms.sittings import TimeForm
from admissions.selectors.sittings import called_sittings, scheduled_campaigns, timed_assessments
from admissions.services.announcing import set_sitting_time
from common.forms import attempt

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
    chosen = next((test for test in tests if str(test.pk) == request.GET.get("test")), tests[0] if tests else None)
    without_time = request.GET.get("show") != ALL
    context = {"campaign": campaign, "tests": tests, "chosen": chosen, "without_time": without_time}
    if chosen is None:
        return render(request, "admissions/work/sittings.html", context | {"forms": (), "page": None})
    rows = called_sittings(request.user, campaign, chosen, without_time=without_time)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    zone = ZoneInfo(campaign.zone)
    forms = [TimeForm(request.POST or None, sitting=row, zone=zone) for row in page.object_list]
    if request.method == "POST" and _all_set(request, forms):
        return redirect(request.get_full_path())
    query = f"test={chosen.pk}&show={'' if without_time else ALL}"
    context |= {"forms": forms, "page": page, "query": query}
    return render(
        request, "admissions/work/sittings.html", context, status=422 if any(f.errors for f in forms) else 200
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
    setting = partial(set_sitting_time, sitting_ref=form.sitting.ref, starts_at=said["starts_at"], place=said["place"])
    return attempt(form, partial(setting, actor=request.user, now=request.received_at))
