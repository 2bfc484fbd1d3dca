"""Places of pools, counted from rows: what staff and candidates are shown is the same count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from apprenticeship.rules.moves import SeatState
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
    """Pools with how many seats are held and asked for, `held` and `queued`."""
    return pools.annotate(
        held=Count("seats", filter=Q(seats__state=SeatState.HELD.value)),
        queued=Count("seats", filter=Q(seats__state=SeatState.QUEUED.value)),
    )


def count_pools(campaign: Campaign, now: datetime) -> tuple[PoolCount, ...]:
    """Every pool of a campaign, in the order of the notice. Two queries, however many seats."""
    return tuple(_counts(Pool.objects.filter(campaign=campaign).order_by("position"), now))


def count_pool(pool_id: int, now: datetime) -> PoolCount:
    (count,) = _counts(Pool.objects.filter(pk=pool_id), now)
    return count


def capacity_changes(pool: Pool) -> list[CapacityChange]:
    """What the journal keeps of them, newest first."""
    of_pool = {"verb": "raise_capacity", "object_type": "pool", "object_ref": pool.key, "scope": pool.campaign.slug}
    entries = list(JournalEntry.objects.filter(**of_pool).order_by("-at", "-pk"))
    emails = dict(User.objects.filter(pk__in={entry.actor_ref for entry in entries}).values_list("pk", "email"))
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
