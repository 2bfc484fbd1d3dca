"""The offers of companies in the demonstration: asked for, sent, published, refused, over, filled; their digests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import SignedLink, User
from companies.models import JobOffer
from companies.offers.rules import DATE_SHAPE, FIELDS
from companies.offers.services.deciding import post_offer, publish_offer, refuse_offer
from companies.offers.services.ending import close_by_link, follow_offers
from companies.offers.services.inviting import ask_company
from companies.offers.services.locking import PURPOSE, OfferFile
from companies.offers.services.writing import send_offer
from companies.states import OfferAudience, OfferEnding, OfferState
from contratpro.offers.rules import A_WEEK, DIGEST_HOUR, week_behind
from contratpro.offers.services import send_digests
from rehearsal.campaign.behaviour import siret
from rehearsal.people.drawing import Sheet
from rehearsal.people.someone import TOWNS, phone
from rehearsal.year.stage import ContractStage

CONTRAT_PRO, APPRENTICESHIP = OfferAudience.CONTRAT_PRO, OfferAudience.APPRENTICESHIP
ASKED, SENT, READ = 3, 1, 0  # how many days before it is read
TOLD_WEEKS = 2  # whose digests have left
REFUSAL = "Le poste n’est pas celui d’un ingénieur : précisez ce que l’élève aura à concevoir."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedOffer:
    """`read` is how many days ago the office read or posted it; `lasts`, how many from today are left to it."""

    company: str
    town: str
    title: str
    missions: str
    keywords: str
    ends: OfferState
    contact: str
    read: int = 0
    lasts: int = 45
    pay: str = ""
    posted: bool = False
    audience: OfferAudience = CONTRAT_PRO

    @property
    def address(self) -> str:
        return f"{'.'.join(self.contact.lower().split())}@example.org"


OFFERS = (
    PlayedOffer(
        company="Cévennes Données",
        town="Alès",
        title="Ingénieur en développement logiciel",
        missions="Concevoir avec l’équipe un service de suivi de parcs solaires, en écrire les essais "
        "automatiques, le mettre en production et le surveiller.",
        keywords="développement, Python, PostgreSQL",
        ends=OfferState.PUBLISHED,
        contact="Lucie Ferrand",
        read=4,
        pay="85 % du minimum conventionnel, prime de vacances",
    ),
    PlayedOffer(
        company="Ouvrages du Languedoc",
        town="Montpellier",
        title="Ingénieure ou ingénieur travaux",
        missions="Préparer les méthodes d’un chantier de réhabilitation, suivre les coûts et la sécurité, "
        "mener les réunions avec les entreprises.",
        keywords="génie civil, réhabilitation, planification",
        ends=OfferState.PUBLISHED,
        contact="Youssef Marchand",
        read=9,
        lasts=5,
    ),
    PlayedOffer(
        company="Matériaux Rhodaniens",
        town="Lyon",
        title="Ingénieur matériaux biosourcés",
        missions="Formuler des panneaux à base de lin, en mesurer la tenue au feu et à l’humidité, "
        "comparer leur bilan carbone à celui des produits de la gamme.",
        keywords="matériaux, essais, écoconception",
        ends=OfferState.PUBLISHED,
        contact="Claire Ogier",
        read=2,
        lasts=60,
        posted=True,
    ),
    PlayedOffer(
        company="Garrigue Mécatronique",
        town="Nîmes",
        title="Ingénieure en systèmes embarqués",
        missions="Écrire le logiciel d’un bras de cueillette, le mettre au point sur banc puis au verger.",
        keywords="mécatronique, C, temps réel",
        ends=OfferState.PROPOSED,
        contact="Thomas Arnal",
        read=1,
    ),
    PlayedOffer(
        company="Eaux et Risques",
        town="Perpignan",
        title="Ingénieur risques naturels",
        missions="Cartographier les crues rapides de trois bassins, préparer les exercices des communes.",
        keywords="risques, hydrologie, SIG",
        ends=OfferState.PROPOSED,
        contact="Nadège Collet",
        read=0,
    ),
    PlayedOffer(
        company="Express Copie Services",
        town="Béziers",
        title="Assistant polyvalent",
        missions="Accueil des clients, reprographie et facturation.",
        keywords="accueil",
        ends=OfferState.REFUSED,
        contact="Gérald Pons",
        read=12,
    ),
    PlayedOffer(
        company="Énergies du Gardon",
        town="Alès",
        title="Ingénieur efficacité énergétique",
        missions="Mesurer les consommations de six bâtiments publics et proposer un plan de travaux.",
        keywords="énergie, bâtiment",
        ends=OfferState.EXPIRED,
        contact="Maud Rieu",
        read=40,
        lasts=-6,
    ),
    PlayedOffer(
        company="Toulon Réseaux",
        town="Toulon",
        title="Ingénieur réseaux et sécurité",
        missions="Revoir la segmentation du réseau de deux sites, écrire les procédures de reprise.",
        keywords="réseaux, sécurité",
        ends=OfferState.CLOSED,
        contact="Bastien Roux",
        read=25,
    ),
    PlayedOffer(
        company="Atelier des Causses",
        town="Rodez",
        title="",
        missions="",
        keywords="",
        ends=OfferState.DRAFT,
        contact="Sylvie Bru",
        read=2,
    ),
    PlayedOffer(
        company="Fonderie du Rhône",
        town="Lyon",
        title="Apprenti ingénieur procédés",
        missions="Suivre les défauts d’une ligne de coulée et conduire les essais qui les réduisent.",
        keywords="procédés, qualité",
        ends=OfferState.PUBLISHED,
        contact="Denis Perret",
        read=6,
        posted=True,
        audience=APPRENTICESHIP,
    ),
)


def play_offers(stage: ContractStage, apprentices: User) -> None:
    """Each from its beginning to where it ends, then what ticks did; `apprentices` is the other office."""
    offices = {CONTRAT_PRO: stage.office, APPRENTICESHIP: apprentices}
    for one in OFFERS:
        _play(stage, one, offices[one.audience])
    follow_offers(stage.days.now)
    _tell_weeks(stage)


def _play(stage: ContractStage, one: PlayedOffer, office: User) -> None:
    if one.posted:
        _post(stage, one, office)
        return
    offer = ask_company(
        school=stage.year.school,
        audience=one.audience,
        email=one.address,
        actor=office,
        now=_at(stage, one, ASKED),
    )
    if one.ends is OfferState.DRAFT:
        return
    link = SignedLink.objects.get(purpose=PURPOSE, subject_ref=offer.ref)
    said = _said(stage, one)
    offer = send_offer(link_id=link.pk, content=said, seen="", now=_at(stage, one, SENT))
    _decide(stage, one, offer, office)


def _decide(stage: ContractStage, one: PlayedOffer, offer: JobOffer, office: User) -> None:
    """What the office makes of it, and what its company does once it is filled."""
    ref, number, at = offer.ref, offer.number, _at(stage, one, READ)
    if one.ends is OfferState.REFUSED:
        refuse_offer(ref=ref, number=number, reason=REFUSAL, actor=office, now=at)
    elif one.ends is not OfferState.PROPOSED:
        publish_offer(ref=ref, number=number, actor=office, now=at)
    if one.ends is OfferState.CLOSED:
        link = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=offer.ref).latest("pk")
        close_by_link(link_id=link.pk, ending=OfferEnding.FILLED, now=at + timedelta(days=10))


def _post(stage: ContractStage, one: PlayedOffer, office: User) -> None:
    sheet = Sheet()
    sheet.words(one.title, size=18, font="bold")
    sheet.down(24)
    sheet.words(one.company)
    post_offer(
        school=stage.year.school,
        audience=one.audience,
        content=_said(stage, one),
        actor=office,
        now=_at(stage, one, READ),
        file=OfferFile(upload=SimpleUploadedFile("offre.pdf", sheet.pdf())),
    )


def _at(stage: ContractStage, one: PlayedOffer, before: int) -> datetime:
    return stage.days.now - timedelta(days=one.read + before, hours=1)


def _said(stage: ContractStage, one: PlayedOffer) -> Mapping[str, str]:
    postcode, country = TOWNS[one.town]
    told = {
        "siret": siret(one.company),
        "company_name": one.company,
        "street": "1 rue de l’Exemple",
        "postcode": postcode,
        "city": one.town,
        "country": country,
        "title": one.title,
        "missions": one.missions,
        "keywords": one.keywords,
        "place": one.town,
        "place_postcode": postcode,
        "pay": one.pay,
        "expires_on": _last_day(stage, one).strftime(DATE_SHAPE),
        "contact_name": one.contact,
        "contact_email": one.address,
        "contact_phone": phone(one.contact),
    }
    return {name: told.get(name, "") for name in FIELDS}


def _last_day(stage: ContractStage, one: PlayedOffer) -> date:
    today = stage.days.now.astimezone(stage.said.zone).date()
    return today + timedelta(days=one.lasts)


def _tell_weeks(stage: ContractStage) -> None:
    """The digests of the last Mondays."""
    zone = stage.said.zone
    last = week_behind(stage.days.now, zone).monday
    for weeks in range(TOLD_WEEKS - 1, -1, -1):
        monday = last - weeks * A_WEEK
        at = datetime.combine(monday, DIGEST_HOUR, zone) + timedelta(minutes=1)
        send_digests({"year": stage.year.slug, "monday": monday.isoformat()}, at)
