"""The central service types a dossier for somebody, who then claims it by the link that they were sent."""

from functools import partial
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.links.requests import token_of
from accounts.models import SignedLink, User
from accounts.requests import PersonRequest
from admissions.checking.selectors import handled_campaigns
from admissions.dossier.permissions import can_handle, is_own
from admissions.dossier.requests import application_or_404
from admissions.entering.forms import ClaimLinkForm, EntryForm
from admissions.entering.selectors import campaigns_to_enter
from admissions.entering.services import claim_application, enter_application, send_claim_link
from admissions.models import Application
from common.forms import attempt
from common.rules import ALLOWED, Verdict, refused
from screens.acts import Act, Aim, Typed, perform


@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest) -> HttpResponseBase:
    """How it came and for whom; then the steps of the dossier, as its candidate would see them."""
    if not handled_campaigns(request.user).exists():
        raise Http404
    campaigns = campaigns_to_enter(request.user, request.received_at)
    today = request.received_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    typed = request.POST if request.method == "POST" else None
    form = EntryForm(typed, campaigns=campaigns, today=today)
    if form.is_valid():
        entering = partial(
            enter_application, actor=request.user, now=request.received_at, **form.entry
        )
        entered: list[Application] = []
        if attempt(form, lambda: entered.append(entering())):
            messages.success(
                request, _("The application is begun, and the candidate is told by e-mail.")
            )
            return redirect("application_identity", ref=entered[0].ref)
    context = {"form": form, "campaigns": campaigns}
    status = 422 if form.errors else 200
    return render(request, "admissions/entering/enter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def claim_link(request: PersonRequest, ref: str) -> HttpResponseBase:
    application = application_or_404(ref)
    if application.entered_by_id is None or not can_handle(request.user, application):
        raise Http404
    aim = Aim(
        thing=application,
        named={"ref": ref},
        about=application.full_name,
        back=reverse("work_dossier", kwargs={"ref": ref}),
    )
    return perform(request, SEND_AGAIN, aim)


def _link_form(application: Application, typed: Typed) -> ClaimLinkForm:
    return ClaimLinkForm(typed, initial={"email": application.email})


def _before_sending(_application: Application) -> list[str]:
    return [
        _("The candidate receives a new link, by which an account claims this application."),
        _("The link sent before it no longer works."),
    ]


def _claimed(application: Application) -> Verdict:
    return ALLOWED if application.is_unclaimed else refused("dossier_is_claimed")


SEND_AGAIN = Act[Application](
    command=send_claim_link,
    title=gettext_lazy("Send the link to claim the application"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent; the former one no longer works."),
    says=_before_sending,
    form=_link_form,
    against=_claimed,
)


def claim_page(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    """Whose dossier it is and what claiming it does; whoever has claimed it is led to it."""
    application = application_or_404(link.subject_ref)
    user = _account(request)
    if user and is_own(user, application):
        return redirect("application", ref=application.ref)
    back = urlencode({"next": reverse("signed_link", args=[token_of(request)])})
    context = {
        "application": application,
        "act": reverse("signed_link_act", args=[token_of(request), "claim"]),
        "sign_in": f"{reverse('account_login')}?{back}",
        "sign_up": f"{reverse('account_signup')}?{back}",
    }
    return render(request, "admissions/entering/claim.html", context)


def _account(request: HttpRequest) -> User | None:
    """Who follows the link, if they are signed in: it opens to anybody."""
    return request.user if isinstance(request.user, User) else None


def claim(request: PersonRequest, link: SignedLink) -> HttpResponseBase:
    user = _account(request)
    if user is None:
        return redirect("signed_link", token=token_of(request))
    application = claim_application(link_id=link.pk, actor=user, now=request.received_at)
    messages.success(request, _("This application is yours: it is among your applications."))
    return redirect("application", ref=application.ref)
