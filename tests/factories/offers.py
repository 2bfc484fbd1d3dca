"""Offers of companies, as their commands make them."""

from datetime import UTC, date, datetime

from accounts.links.services import link_of as link_by_token
from accounts.models import School, SignedLink, User
from companies.models import JobOffer
from companies.offers.rules import FIELDS
from companies.offers.services.deciding import post_offer, publish_offer, refuse_offer
from companies.offers.services.inviting import ask_company
from companies.offers.services.writing import send_offer
from companies.states import OfferAudience
from notifications.models import Notification

COMPANY = "rh@batisseurs.exemple.fr"
ASKED = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)  # a Monday
SENT = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
READ = datetime(2025, 6, 4, 9, 0, tzinfo=UTC)
LAST = date(2025, 7, 31)
WHOLE = dict.fromkeys(FIELDS, "") | {
    "siret": "73282932000074",
    "company_name": "Bâtisseurs du Gard",
    "street": "1 rue de l’Exemple",
    "postcode": "30100",
    "city": "Alès",
    "country": "FR",
    "title": "Ingénieur qualité",
    "missions": "Suivre la qualité des données de chantier.",
    "keywords": "qualité, Python",
    "place": "Nîmes",
    "place_postcode": "30000",
    "expires_on": "31/07/2025",
    "contact_name": "Inès Martin",
    "contact_email": "ines@batisseurs.exemple.fr",
}
PRO = OfferAudience.CONTRAT_PRO


def asked(
    school: School,
    office: User,
    *,
    email: str = COMPANY,
    at: datetime = ASKED,
    audience: OfferAudience = PRO,
) -> JobOffer:
    return ask_company(school=school, audience=audience, email=email, actor=office, now=at)


def sent(offer: JobOffer, at: datetime = SENT, seen: str = "", **said: str) -> JobOffer:
    """By whoever has the last link."""
    return send_offer(link_id=link_of(offer).pk, content=WHOLE | said, seen=seen, now=at)


def proposed(school: School, office: User, email: str = COMPANY, **said: str) -> JobOffer:
    return sent(asked(school, office, email=email), **said)


def published(school: School, office: User, at: datetime = READ, **said: str) -> JobOffer:
    """A company's own, read by the office."""
    offer = proposed(school, office, **said)
    return publish_offer(ref=offer.ref, number=offer.number, actor=office, now=at)


def posted(
    school: School, office: User, at: datetime = READ, audience: OfferAudience = PRO, **said: str
) -> JobOffer:
    """By the office itself."""
    return post_offer(school=school, audience=audience, content=WHOLE | said, actor=office, now=at)


def refused(school: School, office: User, reason: str = "Où se fait le travail ?") -> JobOffer:
    offer = proposed(school, office)
    return refuse_offer(ref=offer.ref, number=offer.number, reason=reason, actor=office, now=READ)


def link_of(offer: JobOffer) -> SignedLink:
    """The last one."""
    link = link_by_token(token_of(offer))
    assert link
    return link


def token_of(offer: JobOffer) -> str:
    rows = Notification.objects.filter(kind="companies.offer_link", refs__offer=offer.ref)
    return str(rows.latest("pk").refs["token"])


def address_of(offer: JobOffer) -> str:
    """Where the last mail with a link leads."""
    return f"/l/{token_of(offer)}/"
