"""Places of pools, counted from rows: staff and candidates are shown the same count. The seat of a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from admissions.models import ACCEPTED, ACTIVE_SEAT_STATES, Application, Candidacy, Seat
from admissions.places.rules import SeatFacts
from admissions.states import SeatState
from campaigns.models import Campaign, Pool, Programme
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
    """Pools with their `capacity`, as `open_now`, and how many seats are held and asked for, `held` and `queued`."""
    return pools.annotate(
        open_now=Coalesce("opened", "floor"),
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
            capacity=pool.capacity,
            held=pool.held,
            queued=pool.queued,
            at=now,
        )


def active_seat(application: Application) -> Seat | None:
    """The seat that the dossier holds or waits for: one at most."""
    seats = Seat.objects.filter(application=application, state__in=ACTIVE_SEAT_STATES)
    return seats.select_related("candidacy__programme", "application__campaign").first()


def seat_facts(candidacy: Candidacy) -> SeatFacts:
    return SeatFacts(
        candidacy=candidacy.state,
        way=candidacy.programme.admission,
        seated=active_seat(candidacy.application) is not None,
    )


def rank_of(seat: Seat) -> int:
    """Where a queued seat stands in its queue: 1 is the next to get a place."""
    queue = Seat.objects.filter(pool=seat.pool_id, state=SeatState.QUEUED)
    earlier = Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lte=seat.pk)
    return queue.filter(earlier).count()


def open_to_transfer(candidacy: Candidacy) -> QuerySet[Programme]:
    """The programmes of the same places, selection and way to be admitted that the dossier has no candidacy to."""
    programme = candidacy.programme
    rows = Programme.objects.filter(
        pool=programme.pool_id, selection=programme.selection_id, admission=programme.admission
    )
    rows = rows.exclude(candidacies__application=candidacy.application_id).order_by("position")
    return rows if candidacy.state in ACCEPTED else rows.none()


def day_of_candidacy(candidacy: Candidacy, now: datetime) -> date:
    return day_in(candidacy.application.campaign, now)


def day_in(campaign: Campaign, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(campaign.zone)).date()
