"""Who looks for a company, what they were told of it, and when they are told again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from admissions.models import ACTIVE_SEAT_STATES, SEARCHING, Candidacy, Seat
from admissions.places.selectors.lists import last_day_of
from admissions.places.selectors.pools import PoolCount, count_pools
from admissions.states import CandidacyState
from apprenticeship.models import PlacesNews, SearchNews
from apprenticeship.search.rules import day_of_telling
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.notice.selectors import notice
from campaigns.states import RunState
from campaigns.vocabulary import AdmissionWay, CampaignState, MilestoneAction

SHOWN = 5  # of what those who search were told: the last times


def selected(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those selected for the programmes that a milestone concerns."""
    rows = Candidacy.objects.filter(
        programme__campaign=milestone.campaign_id, state=CandidacyState.SELECTED
    )
    if milestone.scope:
        rows = rows.filter(
            Q(programme__code__in=milestone.scope)
            | Q(programme__selection__key__in=milestone.scope)
        )
    return rows.select_related("application__person__user", "programme").order_by("pk")


def searching(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those of them who look for a company: their admission rests on a contract."""
    return selected(milestone).filter(programme__admission=AdmissionWay.CONTRACT)


def untold(rows: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """Those of them whose candidate has not been told yet that the search begins."""
    return rows.filter(search_news__isnull=True)


def places_by_programme(campaign: Campaign, now: datetime) -> dict[int, PoolCount]:
    """What is left for each programme, by its id."""
    return {
        programme.pk: count
        for count in count_pools(campaign, now)
        for programme in count.programmes
    }


@dataclass(frozen=True, slots=True)
class Telling:
    """A campaign whose candidates are to be told the places left, and the day that it is done for."""

    campaign: Campaign
    day: date


def tellings_due(now: datetime) -> list[Telling]:
    """Of each published campaign whose notice has a rhythm, the day that has come and is not done yet."""
    campaigns = Campaign.objects.filter(
        state=CampaignState.PUBLISHED, search_rule__seats_told_days__isnull=False
    )
    found = []
    for campaign in campaigns.select_related("search_rule").order_by("pk"):
        day = _day_due(campaign, now)
        if day and not PlacesNews.objects.filter(campaign=campaign, day=day).exists():
            found.append(Telling(campaign, day))
    return found


def _day_due(campaign: Campaign, now: datetime) -> date | None:
    zone = ZoneInfo(campaign.zone)
    begun_at = _search_begun_at(campaign)
    if begun_at is None or campaign.current_version_id is None:
        return None
    local = now.astimezone(zone)
    today = local.date() if local.time() >= campaign.announce_at else local.date() - A_DAY
    every = campaign.search_rule.seats_told_days
    assert every, "of those that have a rhythm"
    day = day_of_telling(begun_at.astimezone(zone).date(), every, today)
    over_on = search_over_on(notice(campaign.current_version_id))
    return None if day and over_on and day > over_on else day


A_DAY = timedelta(days=1)


def _search_begun_at(campaign: Campaign) -> datetime | None:
    """When the first date that opens a search did so."""
    runs = MilestoneRun.objects.filter(
        milestone__campaign=campaign, action=MilestoneAction.START_SEARCH, state=RunState.DONE
    )
    return runs.order_by("due_at").values_list("due_at", flat=True).first()


def search_over_on(document: CampaignDocument) -> date | None:
    """The last day on which anybody searches: that which closes the search, or on which trainees still sign."""
    ends = [document.search_ends_on(programme) for programme in document.programmes]
    closed = [day for day in ends if day]
    return max(closed) if len(closed) == len(ends) else last_day_of(document)


def told_of_search(applications: Collection[int]) -> QuerySet[Candidacy]:
    """What these dossiers still search for, and were told of; those of a dossier together."""
    rows = Candidacy.objects.filter(
        application__in=applications,
        search_news__isnull=False,
        state__in=SEARCHING,
        programme__admission=AdmissionWay.CONTRACT,
    )
    related = ("application__campaign", "application__person__user", "programme")
    return rows.select_related(*related).order_by("application_id", "pk")


def told_otherwise(campaign: Campaign, counts: Mapping[int, PoolCount]) -> QuerySet[SearchNews]:
    """What was told to those who still search without a place, where other places are left today."""
    placed = Seat.objects.filter(
        application=OuterRef("candidacy__application"), state__in=ACTIVE_SEAT_STATES
    )
    rows = SearchNews.objects.filter(
        ~Exists(placed),
        candidacy__programme__campaign=campaign,
        candidacy__state__in=SEARCHING,
        candidacy__programme__admission=AdmissionWay.CONTRACT,
    )
    as_told = Q(pk__in=[])
    for programme, count in counts.items():
        as_told |= Q(candidacy__programme=programme, left=count.left)
    return rows.exclude(as_told)


def news_of(campaign: Campaign) -> QuerySet[PlacesNews]:
    """The last times that the places left were told to anybody, the newest first."""
    return PlacesNews.objects.filter(campaign=campaign, people__gt=0).order_by("-day")[:SHOWN]
