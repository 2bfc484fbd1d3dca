"""The central service's screens, under /admin/dossiers/. For anyone else they do not exist."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.forms.refusal import RefusalForm
from admissions.forms.worklist import WorkFilter
from admissions.rules.moves import ApplicationState
from admissions.selectors import Dossier
from admissions.selectors.worklist import counts_by_state, handled, handled_campaigns, worklist
from admissions.services import refuse_application
from admissions.views.handled import dossier_page, handled_dossier
from common.forms import attempt
from common.refusals import say
from common.rules.values import fold

PER_PAGE, ELSEWHERE = 50, 20


@require_safe
def work_list(request: PersonRequest) -> HttpResponseBase:
    """A campaign's dossiers; at first those submitted to the newest one."""
    campaigns = list(handled_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.copy()
    campaign = next((row for row in campaigns if row.slug == asked.get("campaign")), campaigns[0])
    asked["campaign"] = campaign.slug
    asked.setdefault("state", ApplicationState.SUBMITTED.value)
    state = next((state for state in ApplicationState if state.value == asked["state"]), None)
    today = request.received_at.astimezone(ZoneInfo(campaign.zone)).date()
    rows = worklist(request.user, campaign, state)
    found = WorkFilter(asked, rows, campaigns=campaigns, campaign=campaign, today=today)
    page = Paginator(found.qs, PER_PAGE).get_page(asked.get("page"))
    asked.pop("page", None)
    context = {"found": found, "page": page, "query": asked.urlencode(), "campaign": campaign}
    context["counts"] = counts_by_state(request.user, campaign)
    context["everything"] = f"{reverse('work_list')}?campaign={campaign.slug}&state="
    words = found.form.cleaned_data.get("q", "") if found.form.is_valid() else ""
    if ("@" in words or fold(words)) and not page.object_list:
        context["elsewhere"] = found.having_words(handled(request.user, campaigns), "q", words)[:ELSEWHERE]
    return render(request, "admissions/work/list.html", context)


@require_safe
def work_dossier(request: PersonRequest, ref: str) -> HttpResponseBase:
    return dossier_page(request, handled_dossier(request, ref))


@require_http_methods(["GET", "POST"])
def work_refuse(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusing = partial(refuse_application, ref=ref, actor=request.user, reason=reason, now=request.received_at)
        if attempt(form, refusing):
            messages.success(request, _("The application is refused, and the candidate is told by e-mail."))
            return redirect("work_dossier", ref=ref)
    refusals = [say(refusal) for refusal in dossier.acts.refuse.refusals]
    context = {"dossier": dossier, "form": form, "locked": refusals, "consequences": _consequences(dossier)}
    return render(request, "admissions/work/refuse.html", context, status=422 if form.errors else 200)


def _consequences(dossier: Dossier) -> list[str]:
    count = len(dossier.chosen)
    return [
        ngettext(
            "It applies to %(count)d programme: this one will not be studied.",
            "It applies to %(count)d programmes: none of them will be studied.",
            count,
        )
        % {"count": count},
        _("The candidate is told at once by e-mail, with the reason below."),
        _("It cannot be undone."),
    ]
