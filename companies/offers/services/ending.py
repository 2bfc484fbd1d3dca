"""An offer ends: on its last day unless it is prolonged, or when it is closed."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from common.journal import SYSTEM, Stamp
from common.moves import move, move_all
from common.refusals import refuse_unless
from companies.models import JobOffer
from companies.offers.mails import OfferNews, tell_company
from companies.offers.rules import may_close, may_prolong
from companies.offers.selectors import to_expire, to_remind, today_of
from companies.offers.services.locking import (
    another_link,
    drop_unused,
    files_of,
    lock_handled_offer,
    open_by_link,
    told_of,
)
from companies.states import OfferAction, OfferEnding

MOST = 200  # at a tick: what is left waits a minute more


@transaction.atomic
def prolong_offer(*, ref: str, until: date, actor: User, now: datetime) -> JobOffer:
    return _prolong(lock_handled_offer(ref, actor), until, Stamp.of(actor, now))


@transaction.atomic
def prolong_by_link(*, link_id: int, until: date, now: datetime) -> JobOffer:
    """What the office has read, for longer: it need not be read again."""
    opened = open_by_link(link_id, now)
    told = told_of(until, now)
    return _prolong(opened.offer, until, opened.stamp(now), **told)


@transaction.atomic
def close_offer(*, ref: str, ending: OfferEnding, actor: User, now: datetime) -> JobOffer:
    return _close(lock_handled_offer(ref, actor), ending, Stamp.of(actor, now, ending=ending))


@transaction.atomic
def close_by_link(*, link_id: int, ending: OfferEnding, now: datetime) -> JobOffer:
    opened = open_by_link(link_id, now)
    return _close(opened.offer, ending, opened.stamp(now, ending=ending))


def follow_offers(now: datetime) -> None:
    """At each tick: end what is over, and tell companies a week before."""
    today = today_of(now)
    expire_offers(today, now)
    remind_companies(today, now)


@transaction.atomic
def expire_offers(today: date, now: datetime) -> None:
    rows = to_expire(today).select_for_update(of=("self",)).select_related("school")
    move_all(rows[:MOST], OfferAction.EXPIRE, Stamp.of(SYSTEM, now))


@transaction.atomic
def remind_companies(today: date, now: datetime) -> None:
    """Once for each last day that the company has not just been told, or typed: one that is prolonged is another."""
    rows = to_remind(today).select_for_update(of=("self",)).select_related("school", "asked_by")
    for offer in rows[:MOST]:
        offer.reminded_for = offer.expires_on
        offer.save(update_fields=["reminded_for"])
        tell_company(offer, OfferNews.EXPIRING, another_link(offer, SYSTEM, now), now)


def _prolong(offer: JobOffer, until: date, stamp: Stamp, **told: object) -> JobOffer:
    """The same day twice is written once."""
    if offer.expires_on != until:
        verdict = may_prolong(offer.state, offer.expires_on, until, today_of(stamp.at))
        refuse_unless(verdict)
        move(offer, OfferAction.PROLONG, stamp, expires_on=until, **told)
    return offer


def _close(offer: JobOffer, ending: OfferEnding, stamp: Stamp) -> JobOffer:
    """Closed again in the same way, nothing more happens."""
    if offer.ending == ending:
        return offer
    refuse_unless(may_close(offer.state))
    before = files_of(offer)
    move(offer, OfferAction.CLOSE, stamp, ending=ending)
    drop_unused(offer, before, stamp.at)
    return offer
