"""Offers, as the office handles them and as students read them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from accounts.models import RoleGrant, School, User
from common.rules import fold
from companies.models import Company, JobOffer
from companies.offers.permissions import OFFICES
from companies.offers.rules import DATE_SHAPE, FIELDS, SOON
from companies.states import OfferAudience, OfferState

RELATED = ("school", "company", "attachment", "draft_file", "asked_by")


def today_of(now: datetime) -> date:
    """The day on which offers end: that of the whole product's zone, since an offer belongs to no year."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def offer_by_ref(ref: str) -> JobOffer | None:
    return JobOffer.objects.select_related(*RELATED).filter(ref=ref).first()


def handled_offers(user: User) -> QuerySet[JobOffer]:
    """Those that the person's offices look after, what waits for them first; for anyone else they do not exist."""
    held = RoleGrant.objects.filter(user=user, user__is_active=True, school=OuterRef("school"))
    mine = [
        Q(Exists(held.filter(role=role)), audience=audience) for audience, role in OFFICES.items()
    ]
    rows = JobOffer.objects.filter(reduce(or_, mine))
    waits = Case(When(state=OfferState.PROPOSED, then=0), default=1)
    return rows.select_related("school", "company").order_by(waits, "-created_at", "-pk")


def desks_of(user: User) -> list[tuple[School, OfferAudience]]:
    """The schools, and the students there, to whom the person may make offers."""
    audiences = {role: audience for audience, role in OFFICES.items()}
    grants = RoleGrant.objects.filter(user=user, role__in=audiences).select_related("school")
    found = [(grant.school, audiences[grant.role]) for grant in grants.order_by("school__name")]
    return found if user.is_active else []


def counts_by_state(user: User) -> Mapping[OfferState, int]:
    rows = handled_offers(user).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return {state: counts[state] for state in OfferState if state in counts}


def open_offers(school: School, audience: OfferAudience, today: date) -> QuerySet[JobOffer]:
    """What those students may answer, the newest first: published, and its last day not over."""
    rows = JobOffer.objects.filter(
        school=school, audience=audience, state=OfferState.PUBLISHED, expires_on__gte=today
    )
    return rows.select_related("company", "attachment").order_by("-published_at", "-pk")


def areas_in(rows: QuerySet[JobOffer]) -> list[str]:
    """The départements where some are."""
    return list(rows.exclude(area="").order_by("area").values_list("area", flat=True).distinct())


def having_words(rows: QuerySet[JobOffer], words: str) -> QuerySet[JobOffer]:
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def to_expire(today: date) -> QuerySet[JobOffer]:
    return JobOffer.objects.filter(state=OfferState.PUBLISHED, expires_on__lt=today)


def to_remind(today: date) -> QuerySet[JobOffer]:
    """Those whose last day is near, and whose company has a link and was not told of that day."""
    near = JobOffer.objects.filter(
        state=OfferState.PUBLISHED, expires_on__range=(today, today + SOON)
    )
    told = Q(reminded_for=F("expires_on"))
    return near.exclude(company_email="").filter(~told | Q(reminded_for=None))


def office_of(offer: JobOffer) -> QuerySet[User]:
    """The people of the office that looks after it."""
    role = OFFICES[offer.audience]
    grants = RoleGrant.objects.filter(user=OuterRef("pk"), school=offer.school_id, role=role)
    return User.objects.filter(Exists(grants), is_active=True).order_by("pk")


def content_of(offer: JobOffer) -> dict[str, str]:
    """What was sent last, as a form shows it; nothing before that."""
    if not offer.number:
        return dict.fromkeys(FIELDS, "")
    said = {name: getattr(offer, name) for name in FIELDS if hasattr(offer, name)}
    if offer.company:
        said |= company_content(offer.company)
    return {name: _in_field(said.get(name)) for name in FIELDS}


def company_content(company: Company) -> dict[str, str]:
    """What the fields of an offer say of a company, as it is kept."""
    said = {name: getattr(company, name) for name in ("siret", "street", "postcode", "city")}
    return {**said, "company_name": company.name, "country": company.country.code}


def text_of(offer: JobOffer) -> Mapping[str, str]:
    """What the link shows to be filled in: the draft, else what was sent last."""
    return offer.draft if offer.draft_at else content_of(offer)


def _in_field(value: object) -> str:
    return value.strftime(DATE_SHAPE) if isinstance(value, date) else str(value or "")
