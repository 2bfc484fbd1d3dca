"""The acts of the office on offers, each said before it is done."""

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import PersonRequest
from common.rules import ALLOWED, Verdict, refused
from companies.models import JobOffer
from companies.offers.forms import (
    AskForm,
    EndingForm,
    LinkForm,
    OfferRefusalForm,
    ProlongForm,
    SeenNumberForm,
)
from companies.offers.presentation import (
    before_asking,
    before_closing,
    before_linking,
    before_prolonging,
    before_publishing,
    before_refusing,
)
from companies.offers.rules import may_close, may_refuse, may_send_link
from companies.offers.selectors import desks_of
from companies.offers.services.deciding import publish_offer, refuse_offer
from companies.offers.services.ending import close_offer, prolong_offer
from companies.offers.services.inviting import ask_company, send_link
from companies.offers.views.desk import offer_or_404
from companies.states import PROLONGED_OFFERS
from screens.acts import Act, Aim, perform


@require_http_methods(["GET", "POST"])
def offer_ask(request: PersonRequest) -> HttpResponseBase:
    """A company is asked for an offer."""
    if not desks_of(request.user):
        raise Http404
    aim = Aim(thing=request.user, named={}, about=_("Company offers"), back=reverse("offers"))
    return perform(request, ASK, aim)


@require_http_methods(["GET", "POST"])
def offer_act(request: PersonRequest, ref: str, act: Act[JobOffer]) -> HttpResponseBase:
    row = offer_or_404(request.user, ref)
    aim = Aim(
        thing=row,
        named={"ref": ref},
        about=str(row),
        back=reverse("offer", kwargs={"ref": ref}),
        detail=str(row.company or ""),
    )
    return perform(request, act, aim)


def _against_prolonging(offer: JobOffer) -> Verdict:
    return ALLOWED if offer.state in PROLONGED_OFFERS else refused(f"offer_is_{offer.state}")


ASK = Act[User](
    command=ask_company,
    title=gettext_lazy("Ask a company for an offer"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=before_asking,
    form=lambda user, typed: AskForm(typed, desks=desks_of(user)),
)
PUBLISH = Act[JobOffer](
    command=publish_offer,
    title=gettext_lazy("Publish the offer"),
    button=gettext_lazy("Publish it"),
    done=gettext_lazy("The offer is published."),
    says=before_publishing,
    against=lambda offer: may_refuse(offer.state),
    form=lambda offer, typed: SeenNumberForm(typed, initial={"number": offer.number}),
)
REFUSE = Act[JobOffer](
    command=refuse_offer,
    title=gettext_lazy("Refuse the offer"),
    button=gettext_lazy("Refuse it"),
    done=gettext_lazy("The offer is refused."),
    says=before_refusing,
    against=lambda offer: may_refuse(offer.state),
    form=lambda offer, typed: OfferRefusalForm(typed, initial={"number": offer.number}),
)
PROLONG = Act[JobOffer](
    command=prolong_offer,
    title=gettext_lazy("Prolong the offer"),
    button=gettext_lazy("Prolong it"),
    done=gettext_lazy("The offer is prolonged."),
    says=before_prolonging,
    against=_against_prolonging,
    form=lambda _offer, typed: ProlongForm(typed),
)
CLOSE = Act[JobOffer](
    command=close_offer,
    title=gettext_lazy("Close the offer"),
    button=gettext_lazy("Close it"),
    done=gettext_lazy("The offer is closed."),
    says=before_closing,
    against=lambda offer: may_close(offer.state),
    form=lambda _offer, typed: EndingForm(typed),
    danger=True,
)
LINK = Act[JobOffer](
    command=send_link,
    title=gettext_lazy("Send the company its link"),
    button=gettext_lazy("Send the link"),
    done=gettext_lazy("The link is sent to the company."),
    says=before_linking,
    against=lambda offer: may_send_link(offer.state),
    form=lambda offer, typed: LinkForm(
        typed, initial={"email": offer.company_email or offer.contact_email}
    ),
)
