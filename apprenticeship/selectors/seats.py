from admissions.models import Application
from apprenticeship.models import ACTIVE, Seat


def active_seat(application: Application) -> Seat | None:
    """The seat that the dossier holds or waits for: one at most."""
    seats = Seat.objects.filter(application=application, state__in=ACTIVE)
    return seats.select_related("project__candidacy", "application__campaign").first()
