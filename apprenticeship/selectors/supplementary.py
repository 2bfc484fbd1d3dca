"""Reads of the supplementary lists: what a notice says of them, who still searches, who is on one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import SEARCHING, Application, Candidacy
from admissions.states import CandidacyState
from apprenticeship.models import HELD, Contract, Seat, SupplementaryEntry
from apprenticeship.permissions import READERS
from apprenticeship.rules.supplementary import Terms, last_day
from apprenticeship.selectors.pools import count_pool
from campaigns.document.schema import TERM, CampaignDocument
from campaigns.models import Campaign, Milestone, Pool, Programme, SearchRule
from campaigns.vocabulary import MilestoneStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Someone on a supplementary list, with what decides whether they stay."""

    entry: SupplementaryEntry
    held: bool
    signed: bool
    vacant: int  # places of the group


def lists_read(user: User, pool: Pool) -> QuerySet[Programme]:
    """The programmes of a pool whose supplementary list the person may read, as `can_see_list` says."""
    schools = schools_of(user, *READERS)
    followed = Q(school__in=schools) | Q(campaign__organiser__in=schools)
    return Programme.objects.filter(followed, pool=pool, campaign__search_rule__supplementary_days__isnull=False)


def terms_of(programme: Programme, now: datetime) -> Terms | None:
    """None where the notice knows no supplementary list. Places count as vacant for the whole pool."""
    rule = _rules(programme.campaign).first()
    if rule is None:
        return None
    term = _term(programme.campaign)
    assert rule.supplementary_days is not None, "of those that have one"
    return Terms(
        term=_first_day(term, programme.campaign),
        confirmed=term.status != MilestoneStatus.ASSUMED.value,
        days_before=rule.supplementary_days,
        months_after=rule.supplementary_months or 0,
        only_if_short=rule.supplementary_only_if_short,
        vacant=count_pool(programme.pool_id, now).left,
        seekers=seekers(programme).count(),
        sharing=_seekers().filter(programme__pool=programme.pool_id).values("application").distinct().count(),
        listed=entries_of(programme).count(),
        trainees=to_be_hosted(programme.pool_id),
    )


def last_day_of(document: CampaignDocument) -> date | None:
    """On which those listed may still sign, as the notice counts it; None where it knows no list."""
    rule = document.search.supplementary
    return last_day(document.starts_on, rule.months_after) if rule else None


def listable(programme: Programme, typed: Collection[str] = ()) -> QuerySet[Candidacy]:
    """Those who may be ranked, and those beside whom a rank was typed, who may have left meanwhile: by name."""
    rows = Candidacy.objects.filter(Q(pk__in=_seekers()) | Q(ref__in=typed), programme=programme)
    return rows.select_related("application__person").order_by("sort_key", "pk")


def seekers(programme: Programme) -> QuerySet[Candidacy]:
    """Those selected who hold no place anywhere and are on no list."""
    return _seekers().filter(programme=programme)


def entries_of(programme: Programme) -> QuerySet[SupplementaryEntry]:
    rows = SupplementaryEntry.objects.filter(programme=programme).order_by("rank")
    return rows.select_related("candidacy__application__person")


def to_be_hosted(pool_id: int, *, besides: Application | None = None) -> int:
    """How many trainees share the places of a pool, beside those held: who neither left nor has a place."""
    rows = SupplementaryEntry.objects.filter(candidacy__programme__pool=pool_id, candidacy__state__in=SEARCHING)
    return rows.filter(~Exists(_held())).exclude(candidacy__application=besides).count()


def trainees(entry: SupplementaryEntry | None = None) -> list[Trainee]:
    """Whoever is on a list and not admitted, or one of them alone; those whose time ends first, first. One query.

    Who holds a place for another candidacy is left out: that place decides (requirements.md, reading 8).
    """
    elsewhere = _held().exclude(project__candidacy=OuterRef("candidacy"))
    taken = Count("candidacy__programme__pool__seats", filter=Q(candidacy__programme__pool__seats__state=HELD))
    rows = SupplementaryEntry.objects.filter(~Exists(elsewhere), candidacy__state__in=SEARCHING)
    if entry:
        rows = rows.filter(pk=entry.pk)
    rows = rows.annotate(held=Exists(_held()), signed=Exists(_signed_in_time()), taken=taken)
    related = (
        "candidacy__programme__pool",
        "candidacy__application__campaign",
        "candidacy__application__person__user",
        "programme",
    )
    return [
        Trainee(entry=row, held=row.held, signed=row.signed, vacant=row.candidacy.programme.pool.ceiling - row.taken)
        for row in rows.select_related(*related).order_by("until", "pk")
    ]


def sign_by(candidacy: Candidacy) -> date | None:
    """The last day on which a contract of someone on a list is signed; None once one stood signed on that day."""
    rows = SupplementaryEntry.objects.filter(~Exists(_signed_in_time()), candidacy=candidacy)
    return rows.values_list("until", flat=True).first()


def entry_of(application: Application) -> SupplementaryEntry | None:
    """The list that one who still searches is on."""
    rows = SupplementaryEntry.objects.filter(candidacy__application=application, candidacy__state__in=SEARCHING)
    return rows.select_related("programme", "candidacy").first()


def _seekers() -> QuerySet[Candidacy]:
    held = Seat.objects.filter(application=OuterRef("application"), state=HELD)
    listed = Candidacy.objects.filter(application=OuterRef("application"), state=CandidacyState.TRAINEE.value)
    rows = Candidacy.objects.filter(~Exists(held), ~Exists(listed), state=CandidacyState.SELECTED.value)
    return rows.filter(supplementary_entry__isnull=True)


def _held() -> QuerySet[Seat]:
    """The place of an entry's dossier."""
    return Seat.objects.filter(application=OuterRef("candidacy__application"), state=HELD)


def _signed_in_time() -> QuerySet[Contract]:
    """What stood signed at the end of an entry's last day, whatever became of it since."""
    stood = Q(broken_on__isnull=True) | Q(broken_on__gt=OuterRef("until"))
    signed = Contract.objects.filter(application=OuterRef("candidacy__application"), signed_on__lte=OuterRef("until"))
    return signed.filter(stood)


def _term(campaign: Campaign) -> Milestone:
    return Milestone.objects.get(campaign=campaign, key=TERM)


def _first_day(term: Milestone, campaign: Campaign) -> date:
    starts_at = term.starts_at or term.ends_at
    assert starts_at, "a term has a date"
    return starts_at.astimezone(ZoneInfo(campaign.zone)).date()


def _rules(campaign: Campaign) -> QuerySet[SearchRule]:
    return SearchRule.objects.filter(campaign=campaign, supplementary_days__isnull=False)
