from django.db.models import Q

from admissions.models import Application
from apprenticeship.models import ACTIVE, Seat
from apprenticeship.rules.moves import SeatState


def active_seat(application: Application) -> Seat | None:
    """The seat that the dossier holds or waits for: one at most."""
    seats = Seat.objects.filter(application=application, state__in=ACTIVE)
    return seats.select_related("project__candidacy", "application__campaign").first()


def rank_of(seat: Seat) -> int:
    """Where a queued seat stands in its queue: 1 is the next to get a place."""
    queue = Seat.objects.filter(pool=seat.pool_id, state=SeatState.QUEUED.value)
    earlier = Q(asked_at__lt=seat.asked_at) | Q(asked_at=seat.asked_at, pk__lte=seat.pk)
    return queue.filter(earlier).count()
