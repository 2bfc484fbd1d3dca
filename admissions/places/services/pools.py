"""Places of a pool under its lock, and how many there are (R-PLA-4). Several are locked in the order of their keys."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from admissions.models import Seat
from admissions.places.mails import tell_held
from admissions.places.permissions import can_set_capacity
from admissions.places.rules import allocate, may_open_places
from admissions.places.selectors.pools import counted
from admissions.places.services.locking import typed_reason
from admissions.states import SeatAction, SeatState
from campaigns.models import Campaign, Pool
from common.journal import SYSTEM, Stamp, note
from common.moves import move
from common.refusals import refuse_unless, require
from common.rules import Refusal

Rising = Callable[[Sequence[Seat], datetime], None]
_risings: dict[str, Rising] = {}


def register_rising(name: str, rising: Rising) -> None:
    """Have `rising(seats, now)` called in the transaction in which queued seats come to be held."""
    _risings[name] = rising


def lock_pools(pool_ids: Iterable[int]) -> dict[int, Pool]:
    rows = Pool.objects.select_for_update(of=("self",)).filter(pk__in=set(pool_ids)).order_by("pk")
    return {pool.pk: pool for pool in rows}


def fill_pools(now: datetime) -> None:
    """Give places that were opened meanwhile, by a change of the notice, to those who wait."""
    behind = counted(Pool.objects.all()).filter(queued__gt=0, held__lt=F("open_now"))
    for pool_id in behind.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            rise(lock_pools([pool_id])[pool_id], Stamp.of(SYSTEM, now))


def rise(pool: Pool, stamp: Stamp) -> None:
    """Give what is left of a locked pool to the first of its queue, who are told."""
    queue = Seat.objects.filter(pool=pool, state=SeatState.QUEUED).order_by("asked_at", "pk")
    related = (
        "application__campaign",
        "application__person__user",
        "candidacy__programme",
        "company",
    )
    waiting = queue.select_related(*related)
    risen = []
    for seat, number in allocate(pool.capacity, taken(pool), list(waiting[: pool.capacity])):
        stamped = replace(stamp, reason="", data={"place_no": number})
        move(seat, SeatAction.RISE, stamped, place_no=number, held_at=stamp.at)
        risen.append(seat)
    tell_held(risen, stamp.at)
    for rising in _risings.values():
        rising(risen, stamp.at)


def taken(pool: Pool) -> set[int]:
    """The numbers of the places that are held."""
    held = Seat.objects.filter(pool=pool, state=SeatState.HELD)
    return {number for number in held.values_list("place_no", flat=True) if number is not None}


def raise_capacity(*, pool_id: int, places: int, reason: str, actor: User, now: datetime) -> Pool:
    """Open a few more places, or take back those that nobody holds. The queue rises, and is told.

    Raises DomainError below the places held or announced, and above the most that the notice gives (R-PLA-2, R-PLA-4).
    """
    with transaction.atomic():
        owner = Pool.objects.get(pk=pool_id).campaign_id
        campaign = (
            Campaign.objects.select_for_update(of=("self",))  # as whoever loads its notice anew
            .select_related("organiser")
            .get(pk=owner)
        )
        require(can_set_capacity(actor, campaign))
        stamp = Stamp.of(actor, now, typed_reason(reason))
        pool = lock_pools([pool_id])[pool_id]
        if pool.capacity == places:
            return pool
        held = len(taken(pool))
        refuse_unless(
            may_open_places(places, pool=pool.key, floor=pool.floor, most=pool.most, held=held)
        )
        before, pool.opened = pool.capacity, places
        pool.save(update_fields=["opened"])
        note(pool, "raise_capacity", replace(stamp, data={"from": before, "to": places}))
        rise(pool, stamp)
        return pool


def no_place_under_a_seat(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: a notice never says fewer places than are held."""
    below = (
        counted(Pool.objects.filter(campaign=campaign))
        .filter(held__gt=F("open_now"))
        .order_by("position")
    )
    return [Refusal("capacity_below_held", {"pool": pool.key, "held": pool.held}) for pool in below]
