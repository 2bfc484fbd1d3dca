"""Seats taken, queued for and given back, whatever they rest on. The dossier is locked before its pools."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.enums import CLOSED, RECTIFIED, WITHDRAWN
from admissions.models import ACTIVE_SEAT_STATES, SEARCHING, Candidacy, Seat
from admissions.places.mails import tell_released
from admissions.places.permissions import can_manage_seat
from admissions.places.rules import allocate, may_give_back, may_give_place
from admissions.places.selectors.pools import active_seat, seat_facts
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.places.services.pools import lock_pools, rise, taken
from admissions.states import CandidacyState, SeatAction, SeatState
from campaigns.models import Pool
from campaigns.vocabulary import AdmissionWay
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import refuse_unless
from companies.models import Company

LEAVING = {CandidacyState.WITHDRAWN: WITHDRAWN, CandidacyState.CLOSED: CLOSED}


def take_or_queue(pool: Pool, candidacy: Candidacy, company: Company | None, stamp: Stamp) -> Seat:
    """A new seat of a locked pool: held if a place is left once those who wait are served, else last of the queue."""
    (seat,) = _take(pool, [candidacy], company, stamp)
    return seat


def _take(
    pool: Pool, candidacies: Sequence[Candidacy], company: Company | None, stamp: Stamp
) -> list[Seat]:
    """New seats, in their order: the places are counted once."""
    rise(pool, stamp)
    seats = [
        Seat(
            pool=pool,
            application=row.application,
            candidacy=row,
            company=company,
            asked_at=stamp.at,
        )
        for row in candidacies
    ]
    held = allocate(pool.capacity, taken(pool), seats)
    for seat, number in held:
        seat.place_no, seat.held_at = number, stamp.at
        begin(seat, SeatState.HELD, replace(stamp, data={"place_no": number}), verb="take")
    for seat in seats[len(held) :]:
        begin(seat, SeatState.QUEUED, stamp, verb="queue")
    return seats


def seat_accepted(candidacies: Iterable[Candidacy], stamp: Stamp) -> None:
    """Give a place to those of locked dossiers who are accepted and need nothing else: the results alone admit them.

    One of a dossier, the first, and none where it has a seat. Beyond the places left they queue, in their order.
    """
    by_pool: dict[int, list[Candidacy]] = defaultdict(list)
    for row in without_a_seat(candidacies):
        by_pool[row.programme.pool_id].append(row)
    for pool in lock_pools(by_pool).values():
        _take(pool, by_pool[pool.pk], None, stamp)


def without_a_seat(candidacies: Iterable[Candidacy]) -> list[Candidacy]:
    """Of each dossier, the first candidacy that the results alone admit; none of a dossier that has a seat."""
    first: dict[int, Candidacy] = {}
    for row in sorted(candidacies, key=lambda row: row.pk):
        if row.programme.admission is AdmissionWay.RESULTS:
            first.setdefault(row.application_id, row)
    seats = Seat.objects.filter(application__in=first, state__in=ACTIVE_SEAT_STATES)
    seated = set(seats.values_list("application", flat=True))
    return [row for key, row in first.items() if key not in seated]


def give_place(*, candidacy_ref: str, actor: User, now: datetime) -> Seat | None:
    """A place again to someone whom the results alone admit, after it was given back. Again, nothing more happens."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        seat = active_seat(candidacy.application)
        if seat and seat.candidacy_id == candidacy.pk:
            return seat
        refuse_unless(may_give_place(seat_facts(candidacy)))
        seat_accepted([candidacy], Stamp.of(actor, now))
        return active_seat(candidacy.application)


def release_place(*, candidacy_ref: str, reason: str, actor: User, now: datetime) -> Seat | None:
    """Give back a place that rests on the results alone: the candidate gives it up, or never proves the title.

    They are told why. Raises DomainError if they are admitted, which is undone first.
    """
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        seat = active_seat(candidacy.application)
        if seat is None or seat.candidacy_id != candidacy.pk:
            return Seat.objects.filter(candidacy=candidacy).last()
        refuse_unless(may_give_back(seat_facts(candidacy)))
        stamp = Stamp.of(actor, now, typed_reason(reason))
        give_back_all([seat], stamp.reason, stamp)
        tell_released(seat, now)
        return seat


def give_back(seat: Seat, why: str, stamp: Stamp) -> None:
    """Release a seat of a locked pool; `rise` is to follow, once all that fall are given back."""
    stamped = replace(stamp, reason=why, data={"place_no": seat.place_no})
    move(seat, SeatAction.RELEASE, stamped, place_no=None, released_at=stamp.at, released_why=why)


def give_back_all(seats: Sequence[Seat], why: str, stamp: Stamp) -> None:
    """Release seats of any pools, in the order of their keys; those who wait rise."""
    pools = lock_pools(seat.pool_id for seat in seats)
    for seat in seats:
        seat.refresh_from_db(
            fields=["state", "place_no"]
        )  # it may have risen while its pool was not locked
        give_back(seat, why, stamp)
    for pool in pools.values():
        rise(pool, stamp)


def why_they_leave(candidacies: Sequence[Candidacy]) -> str:
    """Of candidacies that withdraw, are closed or are rectified, all of them alike."""
    states = {row.state for row in candidacies}
    assert len(states) <= 1, "they leave together"
    return next((LEAVING.get(state, RECTIFIED) for state in states), RECTIFIED)


def leave_seats(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """With candidacies that withdraw, are rectified or closed, seats are given back.

    Where the results alone admit, another candidacy of the dossier may have the place of its own now.
    """
    seats = Seat.objects.filter(candidacy__in=candidacies, state__in=ACTIVE_SEAT_STATES)
    found = list(seats.select_related("application__campaign").order_by("pool", "pk"))
    if not found:
        return
    give_back_all(found, why_they_leave(candidacies), stamp)
    left = {row.pk for row in candidacies}
    others = Candidacy.objects.filter(
        application__in={seat.application_id for seat in found}, state__in=SEARCHING
    ).exclude(pk__in=left)
    seat_accepted(others.select_related("programme", "application__campaign"), stamp)
