"""From a notice to what the API says of it, in the language asked for; its calendar as iCalendar (RFC 5545)."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from campaigns.calendar.presentation.phrases import when
from campaigns.conditions.rules.asked import price
from campaigns.conditions.rules.terms import ProgrammeVerdict
from campaigns.conditions.selectors import fee_tier
from campaigns.document.schema import CampaignDocument, Milestone
from campaigns.document.values import Window
from campaigns.models import Diploma
from campaigns.notice.selectors import notice
from campaigns.public.api.schemas import (
    CampaignDetailOut,
    CampaignOut,
    ChoiceOut,
    DateOut,
    DiplomaOut,
    DocumentOut,
    FeeLineOut,
    FeesIn,
    FeesOut,
    ProgrammeOut,
    RuleOut,
    TierOut,
    VerdictOut,
)
from campaigns.public.selectors import PublicNotice
from campaigns.states import phase
from campaigns.vocabulary import MilestoneStatus, Tier
from common.formats import localized
from common.refusals import say
from common.rules import Cents


def campaign(shown: PublicNotice, now: datetime) -> CampaignOut:
    document = notice(shown.version_id)
    return CampaignOut(
        slug=shown.slug,
        title=localized(document.campaign.title),
        school=shown.organiser,
        session=document.campaign.session,
        opens_at=document.opens_at,
        closes_at=document.last_second,
        state=phase(document.opens_at, document.last_second, now, archived=shown.archived),
    )


def detail(shown: PublicNotice, now: datetime) -> CampaignDetailOut:
    document = notice(shown.version_id)
    return CampaignDetailOut(
        **campaign(shown, now).model_dump(),
        programmes=_programmes(document),
        choose=_choices(document),
        calendar=_calendar(document),
        documents=_documents(document),
        fees=[_tier(document, tier) for tier in Tier],
        rules=_rules(document),
    )


def fees(document: CampaignDocument, asked: FeesIn) -> FeesOut:
    tier = Tier.GRANT_HOLDER if asked.grant_holder else Tier.STANDARD
    lines = price(asked.programmes, fee_tier(document, tier))
    return FeesOut(
        currency="EUR",
        lines=[FeeLineOut(programme=line.programme, amount=_euros(line.cents)) for line in lines],
        total=_euros(Cents(sum(line.cents for line in lines))),
    )


def verdict(judged: ProgrammeVerdict) -> VerdictOut:
    return VerdictOut(
        code=judged.programme,
        verdict=judged.verdict,
        route=judged.route,
        article=judged.article,
        reasons=[say(refusal) for refusal in judged.reasons],
        missing=[say(refusal) for refusal in judged.missing],
    )


def diploma(row: Diploma) -> DiplomaOut:
    return DiplomaOut(
        code=row.code,
        kind=row.kind,
        speciality=row.speciality,
        option=row.option,
        title=localized(row.title),
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        replaces=sorted(old.code for old in row.replaces.all()),
    )


def _programmes(document: CampaignDocument) -> list[ProgrammeOut]:
    return [
        ProgrammeOut(
            code=programme.code,
            title=localized(programme.title),
            entry_year=programme.entry_year,
            speciality=programme.speciality,
            track=localized(programme.track) if programme.track else None,
            pool=programme.pool,
            places_min=document.pools[programme.pool].floor,
            places_max=document.pools[programme.pool].ceiling,
            intake=programme.intake,
        )
        for programme in document.programmes
    ]


def _choices(document: CampaignDocument) -> list[ChoiceOut]:
    return [
        ChoiceOut(
            at_most=choice.at_most,
            programmes=[programme.code for programme in document.concerned((selection,))],
        )
        for selection, choice in document.choose.items()
    ]


def _calendar(document: CampaignDocument) -> list[DateOut]:
    dates = []
    for key, milestone in document.printed_dates:
        window = document.window(key)
        dates.append(
            DateOut(
                key=key,
                title=localized(milestone.title),
                starts_at=window.firm_start,
                ends_at=window.firm_end,
                words=when(window, document.campaign.zone),
                status=milestone.status,
                programmes=[programme.code for programme in document.concerned(milestone.scope)],
            )
        )
    return dates


def _documents(document: CampaignDocument) -> list[DocumentOut]:
    return [
        DocumentOut(
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


def _rules(document: CampaignDocument) -> list[RuleOut]:
    return [
        RuleOut(
            key=key,
            section=rule.section,
            title=localized(rule.title),
            text=localized(rule.text),
            articles=list(rule.articles),
            ours=rule.ours,
            programmes=[programme.code for programme in document.concerned(rule.scope)],
        )
        for key, rule in document.rules.items()
    ]


def _tier(document: CampaignDocument, tier: Tier) -> TierOut:
    prices = fee_tier(document, tier)
    return TierOut(tier=tier, first=_euros(prices.first), further=_euros(prices.further))


def _euros(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


DAY = timedelta(days=1)
ICAL_STATUS = {MilestoneStatus.FIRM: "CONFIRMED"}


def calendar_feed(document: CampaignDocument, shown: PublicNotice, host: str) -> bytes:
    """Whole days as days, instants as instants: a telephone shows them as the notice prints them."""
    feed = Calendar()
    feed.add("prodid", "-//Rentree//Campaign calendar//FR")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", localized(document.campaign.title))
    for key, milestone in document.printed_dates:
        window = document.window(key)
        if window.firm_start is None and window.firm_end is None:
            continue  # the notice has words, and no day
        event = Event()
        event.add("uid", f"{key}.{shown.slug}@{host}")
        event.add("dtstamp", shown.at)
        event.add("summary", _summary(milestone, window, document.campaign.zone))
        event.add("status", ICAL_STATUS.get(milestone.status, "TENTATIVE"))
        _place(event, window, document.zone)
        feed.add_component(event)
    return bytes(feed.to_ical())


def _summary(milestone: Milestone, window: Window, zone: str) -> str:
    """The title; with the words where the day of the event is not all that the notice says."""
    title = localized(milestone.title)
    return f"{title} ({when(window, zone)})" if window.about or window.open_ended else title


def _place(event: Event, window: Window, zone: ZoneInfo) -> None:
    first, last = window.firm_start or window.firm_end, window.firm_end or window.firm_start
    assert first
    assert last
    if window.all_day:
        event.add("dtstart", first.astimezone(zone).date())
        event.add("dtend", last.astimezone(zone).date() + DAY)  # RFC 5545: the first day after
    else:
        event.add("dtstart", _instant(first))
        if last > first:  # RFC 5545: an end is later than its start, and an instant has none
            event.add("dtend", _instant(last))


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("UTC"))
