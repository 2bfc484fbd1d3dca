"""Reads of the supplementary lists: what a notice says of them, who still searches, who is on one."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from admissions.models import SEARCHING, Application, Candidacy
from admissions.rules.moves import CandidacyState
from apprenticeship.models import HELD, LIVE, Contract, Seat, SupplementaryEntry
from apprenticeship.rules.moves import ContractState
from apprenticeship.rules.supplementary import Terms
from apprenticeship.selectors.pools import count_pool
from campaigns.document.schema import TERM
from campaigns.models import Campaign, Milestone, Programme, SearchRule
from campaigns.rules.enums import MilestoneStatus

SIGNED = [state for state in LIVE if state != ContractState.DRAFT.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Someone on a supplementary list, with what decides whether they stay."""

    entry: SupplementaryEntry
    held: bool
    signed: bool
    vacant: int  # places of the group


def has_lists(campaign: Campaign) -> bool:
    return _rules(campaign).exists()


def terms_of(programme: Programme, now: datetime) -> Terms | None:
    """None where the notice knows no supplementary list. Places count as vacant for the whole pool."""
    rule = _rules(programme.campaign).first()
    if rule is None:
        return None
    term = Milestone.objects.get(campaign=programme.campaign, key=TERM)
    starts_at = term.starts_at or term.ends_at
    assert starts_at, "a term has a date"
    assert rule.supplementary_days is not None, "of those that have one"
    sharing = SupplementaryEntry.objects.filter(candidacy__programme__pool=programme.pool_id)
    return Terms(
        term=starts_at.astimezone(ZoneInfo(programme.campaign.zone)).date(),
        confirmed=term.status != MilestoneStatus.ASSUMED.value,
        days_before=rule.supplementary_days,
        months_after=rule.supplementary_months or 0,
        only_if_short=rule.supplementary_only_if_short,
        vacant=count_pool(programme.pool_id, now).left,
        seekers=seekers(programme).count(),
        listed=entries_of(programme).count(),
        trainees=still_on_list(sharing).count(),
    )


def seekers(programme: Programme) -> QuerySet[Candidacy]:
    """Those selected who hold no place anywhere and are on no list: by name."""
    held = Seat.objects.filter(application=OuterRef("application"), state=HELD)
    listed = Candidacy.objects.filter(application=OuterRef("application"), state=CandidacyState.TRAINEE.value)
    rows = Candidacy.objects.filter(~Exists(held), ~Exists(listed), programme=programme)
    rows = rows.filter(state=CandidacyState.SELECTED.value, supplementary_entry__isnull=True)
    return rows.select_related("application__person", "programme").order_by("sort_key", "pk")


def entries_of(programme: Programme) -> QuerySet[SupplementaryEntry]:
    rows = SupplementaryEntry.objects.filter(programme=programme).order_by("rank")
    return rows.select_related("candidacy__application__person")


def still_on_list(rows: QuerySet[SupplementaryEntry]) -> QuerySet[SupplementaryEntry]:
    """Who neither left nor has a place: what is to be hosted beside the places held."""
    return rows.filter(~Exists(_held()), candidacy__state__in=SEARCHING)


def trainees(entry: SupplementaryEntry | None = None) -> list[Trainee]:
    """Whoever is on a list and not admitted, or one of them alone. One query."""
    contract = Contract.objects.filter(project__candidacy=OuterRef("candidacy"), state__in=SIGNED)
    taken = Count("candidacy__programme__pool__seats", filter=Q(candidacy__programme__pool__seats__state=HELD))
    rows = SupplementaryEntry.objects.filter(candidacy__state__in=SEARCHING)
    if entry:
        rows = rows.filter(pk=entry.pk)
    rows = rows.annotate(held=Exists(_held()), signed=Exists(contract), taken=taken)
    related = ("candidacy__programme__pool", "candidacy__application__campaign", "candidacy__application__person__user")
    return [
        Trainee(entry=row, held=row.held, signed=row.signed, vacant=row.candidacy.programme.pool.ceiling - row.taken)
        for row in rows.select_related(*related).order_by("pk")
    ]


def entry_of(application: Application) -> SupplementaryEntry | None:
    """The list that one who still searches is on."""
    rows = SupplementaryEntry.objects.filter(candidacy__application=application, candidacy__state__in=SEARCHING)
    return rows.select_related("candidacy__programme").first()


def _held() -> QuerySet[Seat]:
    """The place of an entry's candidacy."""
    return Seat.objects.filter(project__candidacy=OuterRef("candidacy"), state=HELD)


def _rules(campaign: Campaign) -> QuerySet[SearchRule]:
    return SearchRule.objects.filter(campaign=campaign, supplementary_days__isnull=False)
