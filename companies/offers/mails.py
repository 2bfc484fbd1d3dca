"""Who is told what of an offer: the company, always with its link; the office, of what it has to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import Issued, link_url
from companies.models import JobOffer
from companies.offers.selectors import office_of
from notifications.mails import SAMPLE_AT, Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

FIRST_LANGUAGE = "fr"  # a mail to a company says all in French, then in English
SAMPLE_LAST = date(2027, 3, 31)
SAMPLE_URL = "https://rentree.example/exemple/"


class OfferNews(StrEnum):
    """What happened to an offer."""

    INVITED = "invited"
    LINKED = "linked"
    PUBLISHED = "published"
    REFUSED = "refused"
    EXPIRING = "expiring"


def _of(offer: JobOffer) -> Context:
    return {
        "ref": offer.ref,
        "school": offer.school.name,
        "audience": offer.audience,
        "title": offer.title,
        "company": offer.company.name if offer.company else "",
        "expires_on": offer.expires_on,
    }


def _sample() -> Context:
    return {
        "ref": "EXEMPLE",
        "school": "École d’exemple",
        "audience": "contrat_pro",
        "title": "Ingénieur qualité",
        "company": "Entreprise d’exemple",
        "expires_on": SAMPLE_LAST,
    }


def _offers(refs: set[str]) -> dict[str, JobOffer]:
    rows = JobOffer.objects.select_related("school", "company", "asked_by")
    return {row.ref: row for row in rows.filter(ref__in=refs)}


@dataclass(frozen=True, kw_only=True)
class OfferLinkMail(Mail):
    """The link is the right to write the offer: nothing of the mail is kept once it has left."""

    name = "companies.offer_link"
    label = _("Offer, to its company")
    when = _(
        "The office asks for an offer, sends the link again, publishes or refuses the offer; or its last day is near."
    )
    audience = Audience.EMPLOYER
    sensitive = True

    offer: str
    what: OfferNews
    reason: str
    token: str
    until: datetime
    link: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.offer}:{self.link}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        offers = _offers({mail.offer for mail in batch})
        return [mail.facts(offers[mail.offer]) for mail in batch]

    def facts(self, offer: JobOffer) -> Context:
        return {
            **_of(offer),
            "what": self.what,
            "reason": self.reason,
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
            "reply_to": offer.asked_by.email,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **_sample(),
            "what": OfferNews.INVITED,
            "reason": "",
            "until": SAMPLE_AT,
            "url_fr": SAMPLE_URL,
            "url_en": SAMPLE_URL,
            "reply_to": "contrats@ecole.example",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        reasons = {OfferNews.REFUSED: "L’offre ne dit pas où se fait le travail."}
        return [
            {**cls.sample(), "what": what, "reason": reasons.get(what, "")} for what in OfferNews
        ]


@dataclass(frozen=True, kw_only=True)
class OfferWorkMail(Mail):
    """To each member of the office that looks after it, once for each text that is sent."""

    name = "companies.offer_work"
    label = _("Offer to read")
    when = _("A company has sent an offer: the office reads it before students do.")
    audience = Audience.STAFF

    offer: str
    number: int
    person: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.offer}:{self.number}:{self.person}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        offers = _offers({mail.offer for mail in batch})
        return [_of(offers[mail.offer]) for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return _sample()


def tell_company(offer: JobOffer, what: OfferNews, issued: Issued, now: datetime) -> None:
    mail = OfferLinkMail(
        recipient=_recipient(offer, offer.company_email, FIRST_LANGUAGE),
        offer=offer.ref,
        what=what,
        reason=offer.reason,
        token=issued.token,
        until=issued.link.expires_at,
        link=issued.link.pk,
    )
    enqueue([mail], now=now)


def tell_office(offer: JobOffer, now: datetime) -> None:
    mails = [
        OfferWorkMail(
            recipient=_recipient(offer, user.email, user.language),
            offer=offer.ref,
            number=offer.number,
            person=user.pk,
        )
        for user in office_of(offer)
    ]
    enqueue(mails, now=now)


def _recipient(offer: JobOffer, address: str, language: str) -> Recipient:
    return Recipient(address=address, language=language, school_id=offer.school_id, about=offer.ref)
