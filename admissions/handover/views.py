"""The screens of the school's admissions office, under /admin/office/. For anyone else they do not exist."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from admissions.dossier.requests import application_or_404
from admissions.dossier.selectors.dossiers import dossier_of, submissions_of
from admissions.dossier.selectors.read_model import Dossier
from admissions.handover import presentation
from admissions.handover.forms import AllForm, TickedForm
from admissions.handover.permissions import can_hand_over
from admissions.handover.selectors import (
    Waiting,
    office_campaigns,
    waiting_at,
    waiting_counts,
    waiting_now,
)
from admissions.handover.services import hand_over, hand_over_all, hand_over_many, send_back
from admissions.states import CHECKED_STATES
from campaigns.models import Campaign
from screens.acts import Act, Aim, ask_why, perform

PER_PAGE = 50

HAND_OVER = Act[Dossier](
    command=hand_over,
    title=gettext_lazy("Hand this application over"),
    button=gettext_lazy("Hand it over"),
    done=gettext_lazy("The application is handed over."),
    says=presentation.before_handing_over,
    against=lambda dossier: dossier.acts.hand_over,
)
SEND_BACK = Act[Dossier](
    command=send_back,
    title=gettext_lazy("Send this application back to be checked"),
    button=gettext_lazy("Send back to be checked"),
    done=gettext_lazy("The application is with the central service again."),
    says=presentation.before_sending_back,
    form=ask_why(
        help_text=gettext_lazy("The central service reads it, the candidate does not."),
        missing=gettext_lazy("Say what is to be checked again."),
    ),
    against=lambda dossier: dossier.acts.hand_over,
)
HAND_ALL_OVER = Act[Waiting](
    command=hand_over_all,
    title=gettext_lazy("Hand over all that wait"),
    button=gettext_lazy("Hand all over"),
    done=gettext_lazy("The applications are handed over."),
    says=presentation.before_handing_all_over,
    form=AllForm,
)


@require_safe
def office_list(request: PersonRequest) -> HttpResponseBase:
    """What waits of a campaign, the newest one at first."""
    campaigns = list(office_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.get("campaign")
    campaign = next((row for row in campaigns if row.slug == asked), campaigns[0])
    rows = waiting_at(request.user, campaign).prefetch_related("candidacies__programme")
    context = {
        "campaign": campaign,
        "campaigns": campaigns,
        "counts": waiting_counts(request.user, campaigns),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": f"campaign={campaign.slug}",
    }
    return render(request, "admissions/handover/list.html", context)


@require_http_methods(["GET", "POST"])
def office_ticked(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Hand over those that are ticked; a GET, as after a new sign-in, goes to the list."""
    campaign = _campaign_or_404(request, slug)
    form = TickedForm(request.POST)
    if request.method == "POST" and form.is_valid():
        refs = form.cleaned_data["ref"]
        count = hand_over_many(refs=refs, actor=request.user, now=request.received_at)
        _say(request, count)
    return redirect(_list(campaign))


def _say(request: PersonRequest, count: int) -> None:
    if not count:
        messages.warning(request, _("Nothing was handed over: tick applications that still wait."))
        return
    said = ngettext(
        "%(count)d application is handed over.", "%(count)d applications are handed over.", count
    )
    messages.success(request, said % {"count": count})


@require_http_methods(["GET", "POST"])
def office_all(request: PersonRequest, slug: str) -> HttpResponseBase:
    campaign = _campaign_or_404(request, slug)
    waiting = waiting_now(request.user, campaign)
    aim = Aim(
        thing=waiting,
        named={"slug": slug},
        about=_("Complete applications"),
        back=_list(campaign),
        detail=_how_many(waiting.count),
    )
    return perform(request, HAND_ALL_OVER, aim)


def _how_many(count: int) -> str:
    words = ngettext("%(count)d application waits", "%(count)d applications wait", count)
    return words % {"count": count}


@require_safe
def office_dossier(request: PersonRequest, ref: str) -> HttpResponseBase:
    dossier = _dossier_or_404(request, ref)
    context = {
        "dossier": dossier,
        "submissions": submissions_of(dossier.application),
        "back": _list(dossier.campaign),
    }
    return render(request, "admissions/handover/dossier.html", context)


@require_http_methods(["GET", "POST"])
def office_act(request: PersonRequest, ref: str, act: Act[Dossier]) -> HttpResponseBase:
    dossier = _dossier_or_404(request, ref)
    aim = Aim(
        thing=dossier,
        named={"ref": ref},
        about=dossier.application.full_name,
        back=reverse("office_dossier", kwargs={"ref": ref}),
        then=_list(dossier.campaign),
    )
    return perform(request, act, aim)


def _dossier_or_404(request: PersonRequest, ref: str) -> Dossier:
    """Once the central service has declared it complete."""
    application = application_or_404(ref)
    if application.state not in CHECKED_STATES or not can_hand_over(request.user, application):
        raise Http404
    return dossier_of(application, request.received_at)


def _campaign_or_404(request: PersonRequest, slug: str) -> Campaign:
    campaign = office_campaigns(request.user).filter(slug=slug).first()
    if campaign is None:
        raise Http404
    return campaign


def _list(campaign: Campaign) -> str:
    return f"{reverse('office_list')}?campaign={campaign.slug}"
