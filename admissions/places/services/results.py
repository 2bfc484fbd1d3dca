"""Where the admission rests on the results alone: an accepted outcome takes the place at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from admissions.models import ACTIVE_SEAT_STATES, Candidacy, Seat
from admissions.places.rules import allocate
from admissions.places.services.pools import lock_pools, rise, taken
from admissions.states import SeatState
from campaigns.models import Pool
from campaigns.vocabulary import AdmissionWay
from common.journal import Stamp
from common.moves import begin_all


def seat_accepted(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """Give those of locked candidacies that were just accepted, and need nothing else, a place of their pool.

    A dossier that has a seat already keeps that one. Beyond the places left, they queue: nothing is sold twice.
    """
    by_pool: dict[int, list[Candidacy]] = defaultdict(list)
    for row in _without_a_seat(candidacies):
        by_pool[row.programme.pool_id].append(row)
    for pool in lock_pools(by_pool).values():
        rise(pool, stamp)
        _take(pool, by_pool[pool.pk], stamp)


def _without_a_seat(candidacies: Sequence[Candidacy]) -> Iterable[Candidacy]:
    """One candidacy of a dossier, the first."""
    concerned = [row for row in candidacies if row.programme.admission is AdmissionWay.RESULTS]
    dossiers = {row.application_id for row in concerned}
    seats = Seat.objects.filter(application__in=dossiers, state__in=ACTIVE_SEAT_STATES)
    waiting = dossiers - set(seats.values_list("application", flat=True))
    for row in concerned:
        if row.application_id in waiting:
            waiting.remove(row.application_id)
            yield row


def _take(pool: Pool, candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    seats = [
        Seat(pool=pool, application=row.application, candidacy=row, asked_at=stamp.at)
        for row in candidacies
    ]
    held = allocate(pool.ceiling, taken(pool), seats)
    for seat, number in held:
        seat.place_no, seat.held_at = number, stamp.at
    begin_all([seat for seat, _number in held], SeatState.HELD, stamp, verb="take")
    begin_all(seats[len(held) :], SeatState.QUEUED, stamp, verb="queue")
