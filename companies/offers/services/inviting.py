"""The office asks a company for an offer, and sends it its link again."""

from datetime import datetime

from django.db import transaction

from accounts.links.rules import PAUSE
from accounts.models import School, User
from common.journal import Stamp, note
from common.moves import begin
from common.refusals import DomainError, refuse_unless, require
from companies.models import JobOffer
from companies.offers.mails import OfferNews, tell_company
from companies.offers.permissions import can_offer
from companies.offers.rules import may_send_link
from companies.offers.services.locking import lock_handled_offer, new_link
from companies.states import OfferAudience, OfferState


@transaction.atomic
def ask_company(
    *, school: School, audience: OfferAudience, email: str, actor: User, now: datetime
) -> JobOffer:
    """An offer begins, which the company writes by the link that it is sent."""
    locked = School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    require(can_offer(actor, locked, audience))
    address = email.strip().lower()
    asked = JobOffer.objects.filter(school=locked, audience=audience, company_email=address)
    if asked.filter(state=OfferState.DRAFT, created_at__gt=now - PAUSE).exists():
        raise DomainError.of("offer_link_just_sent")
    offer = JobOffer(
        school=locked, audience=audience, company_email=address, asked_by=actor, created_at=now
    )
    stamp = Stamp.of(actor, now)
    begin(offer, OfferState.DRAFT, stamp, verb="ask")
    tell_company(offer, OfferNews.INVITED, new_link(offer, stamp.actor, now), now)
    return offer


@transaction.atomic
def send_link(*, ref: str, email: str, actor: User, now: datetime) -> JobOffer:
    """The link again, or to another address. The one before it leads nowhere any more."""
    offer = lock_handled_offer(ref, actor)
    refuse_unless(may_send_link(offer.state))
    stamp = Stamp.of(actor, now)
    offer.company_email = email.strip().lower()
    offer.save(update_fields=["company_email"])
    note(offer, "send_link", stamp, source=offer.state, target=offer.state)
    news = OfferNews.LINKED if offer.number else OfferNews.INVITED
    tell_company(offer, news, new_link(offer, stamp.actor, now), now)
    return offer
