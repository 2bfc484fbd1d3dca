"""From a notice to what the API says of it, in the language asked for."""

from datetime import datetime
from decimal import Decimal

from campaigns.api import schemas
from campaigns.document.reading import fee_tier
from campaigns.document.schema import CampaignDocument
from campaigns.models import Diploma
from campaigns.rules.eligibility import ProgrammeVerdict
from campaigns.rules.enums import DiplomaKind, Tier
from campaigns.rules.fees import price
from campaigns.rules.phases import phase
from campaigns.selectors import notice
from campaigns.selectors.public import PublicNotice
from common.refusals import say
from common.rules.values import Cents
from common.templatetags.rentree import localized


def campaign(shown: PublicNotice, now: datetime) -> schemas.CampaignOut:
    document = notice(shown.version_id)
    return schemas.CampaignOut(
        slug=shown.slug,
        title=localized(document.campaign.title),
        school=shown.organiser,
        session=document.campaign.session,
        opens_at=document.opens_at,
        closes_at=document.last_second,
        state=phase(document.opens_at, document.last_second, now, archived=shown.archived),
    )


def detail(shown: PublicNotice, now: datetime) -> schemas.CampaignDetailOut:
    document = notice(shown.version_id)
    return schemas.CampaignDetailOut(
        **campaign(shown, now).model_dump(),
        programmes=_programmes(document),
        calendar=_calendar(document),
        documents=_documents(document),
        fees=[_tier(document, tier) for tier in Tier],
    )


def fees(document: CampaignDocument, asked: schemas.FeesIn) -> schemas.FeesOut:
    tier = Tier.GRANT_HOLDER if asked.grant_holder else Tier.STANDARD
    lines = price(asked.programmes, fee_tier(document, tier))
    return schemas.FeesOut(
        currency="EUR",
        lines=[schemas.FeeLineOut(programme=line.programme, amount=_euros(line.cents)) for line in lines],
        total=_euros(Cents(sum(line.cents for line in lines))),
    )


def verdict(judged: ProgrammeVerdict) -> schemas.VerdictOut:
    return schemas.VerdictOut(
        code=judged.programme,
        verdict=judged.verdict,
        route=judged.route,
        article=judged.article,
        reasons=[say(refusal) for refusal in judged.reasons],
        missing=[say(refusal) for refusal in judged.missing],
    )


def diploma(row: Diploma) -> schemas.DiplomaOut:
    return schemas.DiplomaOut(
        code=row.code,
        kind=DiplomaKind(row.kind),
        speciality=row.speciality,
        option=row.option,
        title=localized(row.title),
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        replaces=sorted(old.code for old in row.replaces.all()),
    )


def _programmes(document: CampaignDocument) -> list[schemas.ProgrammeOut]:
    return [
        schemas.ProgrammeOut(
            code=programme.code,
            title=localized(programme.title),
            entry_year=programme.entry_year,
            speciality=programme.speciality,
            track=localized(programme.track) if programme.track else None,
            pool=programme.pool,
            places_min=document.pools[programme.pool].floor,
            places_max=document.pools[programme.pool].ceiling,
        )
        for programme in document.programmes
    ]


def _calendar(document: CampaignDocument) -> list[schemas.DateOut]:
    dates = []
    for key, milestone in document.calendar.items():
        window = document.window(key)
        dates.append(
            schemas.DateOut(
                key=key,
                title=localized(milestone.title),
                starts_at=window.starts_at,
                ends_at=window.ends_at,
                status=milestone.status,
                programmes=[programme.code for programme in document.concerned(milestone.scope)],
            )
        )
    return dates


def _documents(document: CampaignDocument) -> list[schemas.DocumentOut]:
    return [
        schemas.DocumentOut(
            key=key,
            title=localized(asked.title),
            per=asked.per,
            needed=asked.needed,
            programmes=[programme.code for programme in document.concerned(asked.scope)],
            formats=[known.value for known in asked.formats],
            max_bytes=asked.max_bytes,
            max_pixels=asked.max_pixels,
            max_files=asked.max_files,
        )
        for key, asked in document.documents.items()
    ]


def _tier(document: CampaignDocument, tier: Tier) -> schemas.TierOut:
    prices = fee_tier(document, tier)
    return schemas.TierOut(tier=tier, first=_euros(prices.first), further=_euros(prices.further))


def _euros(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"
