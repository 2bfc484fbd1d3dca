"""Places of pools, counted from rows: staff and candidates are shown the same count. Who is on a supplementary list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import ACCEPTED, SEARCHING, Application, Candidacy
from admissions.states import CandidacyState
from apprenticeship.models import ACTIVE_SEAT_STATES, SEAT_HELD, Contract, Seat, SupplementaryEntry
from apprenticeship.places.permissions import READERS
from apprenticeship.places.rules import Terms, last_day
from apprenticeship.states import SeatState
from campaigns.document.schema import TERM, CampaignDocument
from campaigns.models import Campaign, Milestone, Pool, Programme, SearchRule
from campaigns.vocabulary import MilestoneStatus
from common.models import JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCount:
    """A pool as it was counted `at` a moment. Programmes that share it share these numbers."""

    pool: Pool
    programmes: tuple[Programme, ...]
    capacity: int
    held: int
    queued: int
    at: datetime

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChange:
    """Who changed the number of places of a pool, when and why (R-PLA-4). `who`: empty once the account is gone."""

    at: datetime
    before: int
    after: int
    who: str
    reason: str


def counted(pools: QuerySet[Pool]) -> QuerySet[Any]:
    """Pools with how many seats are held and asked for, `held` and `queued`."""
    return pools.annotate(
        held=Count("seats", filter=Q(seats__state=SeatState.HELD)),
        queued=Count("seats", filter=Q(seats__state=SeatState.QUEUED)),
    )


def count_pools(campaign: Campaign, now: datetime) -> tuple[PoolCount, ...]:
    """Every pool of a campaign, in the order of the notice. Two queries, however many seats."""
    return tuple(_counts(Pool.objects.filter(campaign=campaign).order_by("position"), now))


def count_pool(pool_id: int, now: datetime) -> PoolCount:
    (count,) = _counts(Pool.objects.filter(pk=pool_id), now)
    return count


def capacity_changes(pool: Pool) -> list[CapacityChange]:
    """What the journal keeps of them, newest first."""
    of_pool = {
        "verb": "raise_capacity",
        "object_type": "pool",
        "object_ref": pool.key,
        "scope": pool.campaign.slug,
    }
    entries = list(JournalEntry.objects.filter(**of_pool).order_by("-at", "-pk"))
    emails = dict(
        User.objects.filter(pk__in={entry.actor_ref for entry in entries}).values_list(
            "pk", "email"
        )
    )
    return [
        CapacityChange(
            at=entry.at,
            before=entry.data["from"],
            after=entry.data["to"],
            who=emails.get(int(entry.actor_ref), ""),
            reason=entry.reason,
        )
        for entry in entries
    ]


def _counts(pools: QuerySet[Pool], now: datetime) -> Iterable[PoolCount]:
    for pool in counted(pools).prefetch_related("programmes"):
        yield PoolCount(
            pool=pool,
            programmes=tuple(pool.programmes.all()),
            capacity=pool.ceiling,
            held=pool.held,
            queued=pool.queued,
            at=now,
        )


def active_seat(application: Application) -> Seat | None:
    """The seat that the dossier holds or waits for: one at most."""
    seats = Seat.objects.filter(application=application, state__in=ACTIVE_SEAT_STATES)
    return seats.select_related("project__candidacy", "application__campaign").first()


def rank_of(seat: Seat) -> int:
    """Where a queued seat stands in its queue: 1 is the next to get a place."""
    queue = Seat.objects.filter(pool=seat.pool_id, state=SeatState.QUEUED)
    earlier = Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lte=seat.pk)
    return queue.filter(earlier).count()


def open_to_transfer(candidacy: Candidacy) -> QuerySet[Programme]:
    """The programmes of the same places and selection that the dossier has no candidacy to."""
    programme = candidacy.programme
    rows = Programme.objects.filter(pool=programme.pool_id, selection=programme.selection_id)
    rows = rows.exclude(candidacies__application=candidacy.application_id).order_by("position")
    return rows if candidacy.state in ACCEPTED else rows.none()


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
    return Programme.objects.filter(
        followed, pool=pool, campaign__search_rule__supplementary_days__isnull=False
    )


def terms_of(programme: Programme, now: datetime) -> Terms | None:
    """None where the notice knows no supplementary list. Places count as vacant for the whole pool."""
    rule = _rules(programme.campaign).first()
    if rule is None:
        return None
    term = _term(programme.campaign)
    assert rule.supplementary_days is not None, "of those that have one"
    return Terms(
        term=_first_day(term, programme.campaign),
        confirmed=term.status != MilestoneStatus.ASSUMED,
        days_before=rule.supplementary_days,
        months_after=rule.supplementary_months or 0,
        only_if_short=rule.supplementary_only_if_short,
        vacant=count_pool(programme.pool_id, now).left,
        seekers=seekers(programme).count(),
        sharing=_seekers()
        .filter(programme__pool=programme.pool_id)
        .values("application")
        .distinct()
        .count(),
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
    return rows.select_related("application").order_by("sort_key", "pk")


def seekers(programme: Programme) -> QuerySet[Candidacy]:
    """Those selected who hold no place anywhere and are on no list."""
    return _seekers().filter(programme=programme)


def entries_of(programme: Programme) -> QuerySet[SupplementaryEntry]:
    rows = SupplementaryEntry.objects.filter(programme=programme).order_by("rank")
    return rows.select_related("candidacy__application")


def to_be_hosted(pool_id: int, *, besides: Application | None = None) -> int:
    """How many trainees share the places of a pool, beside those held: who neither left nor has a place."""
    rows = SupplementaryEntry.objects.filter(
        candidacy__programme__pool=pool_id, candidacy__state__in=SEARCHING
    )
    return rows.filter(~Exists(_held())).exclude(candidacy__application=besides).count()


def trainees(entry: SupplementaryEntry | None = None) -> list[Trainee]:
    """Whoever is on a list and not admitted, or one of them alone; those whose time ends first, first. One query.

    Who holds a place for another candidacy is left out: that place decides (requirements.md, reading 8).
    """
    elsewhere = _held().exclude(project__candidacy=OuterRef("candidacy"))
    taken = Count(
        "candidacy__programme__pool__seats",
        filter=Q(candidacy__programme__pool__seats__state=SEAT_HELD),
    )
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
        Trainee(
            entry=row,
            held=row.held,
            signed=row.signed,
            vacant=row.candidacy.programme.pool.ceiling - row.taken,
        )
        for row in rows.select_related(*related).order_by("until", "pk")
    ]


def sign_by(candidacy: Candidacy) -> date | None:
    """The last day on which a contract of someone on a list is signed; None once one stood signed on that day."""
    rows = SupplementaryEntry.objects.filter(~Exists(_signed_in_time()), candidacy=candidacy)
    return rows.values_list("until", flat=True).first()


def entry_of(application: Application) -> SupplementaryEntry | None:
    """The list that one who still searches is on."""
    rows = SupplementaryEntry.objects.filter(
        candidacy__application=application, candidacy__state__in=SEARCHING
    )
    return rows.select_related("programme", "candidacy").first()


def _seekers() -> QuerySet[Candidacy]:
    held = Seat.objects.filter(application=OuterRef("application"), state=SEAT_HELD)
    listed = Candidacy.objects.filter(
        application=OuterRef("application"), state=CandidacyState.TRAINEE
    )
    rows = Candidacy.objects.filter(~Exists(held), ~Exists(listed), state=CandidacyState.SELECTED)
    return rows.filter(supplementary_entry__isnull=True)


def _held() -> QuerySet[Seat]:
    """The place of an entry's dossier."""
    return Seat.objects.filter(application=OuterRef("candidacy__application"), state=SEAT_HELD)


def _signed_in_time() -> QuerySet[Contract]:
    """What stood signed at the end of an entry's last day, whatever became of it since."""
    stood = Q(broken_on__isnull=True) | Q(broken_on__gt=OuterRef("until"))
    signed = Contract.objects.filter(
        application=OuterRef("candidacy__application"), signed_on__lte=OuterRef("until")
    )
    return signed.filter(stood)


def _term(campaign: Campaign) -> Milestone:
    return Milestone.objects.get(campaign=campaign, key=TERM)


def _first_day(term: Milestone, campaign: Campaign) -> date:
    starts_at = term.starts_at or term.ends_at
    assert starts_at, "a term has a date"
    return starts_at.astimezone(ZoneInfo(campaign.zone)).date()


def _rules(campaign: Campaign) -> QuerySet[SearchRule]:
    return SearchRule.objects.filter(campaign=campaign, supplementary_days__isnull=False)


def day_of_candidacy(candidacy: Candidacy, now: datetime) -> date:
    return day_in(candidacy.application.campaign, now)


def day_in(campaign: Campaign, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(campaign.zone)).date()
