"""The board of places: pools with their counts, then who holds a place and who waits. Index: `seat_of_pool`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.states import CandidacyState
from apprenticeship.models import ACTIVE, Seat
from apprenticeship.permissions import READERS
from apprenticeship.rules.admission import Standing, missing
from apprenticeship.selectors.admission import standings
from campaigns.models import Campaign, Pool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A seat, with what its candidate still lacks."""

    seat: Seat
    standing: Standing

    @property
    def admitted(self) -> bool:
        return self.standing.candidacy is CandidacyState.ADMITTED

    @property
    def ready(self) -> bool:
        return not missing(self.standing)


def seat_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns whose places, or some of them, are followed by the user's school."""
    schools = schools_of(user, *READERS)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return Campaign.objects.filter(concerned).select_related("organiser").order_by("-opens_at", "slug").distinct()


def seats_of(user: User, pool: Pool) -> QuerySet[Seat]:
    """By place, then those who wait in their order: all for the organiser, else those of the school's programmes."""
    related = ("project__company", "project__candidacy__programme", "project__candidacy__application__person")
    seats = Seat.objects.filter(pool=pool, state__in=ACTIVE).select_related(*related)
    schools = schools_of(user, *READERS)
    if not schools.filter(pk=pool.campaign.organiser_id).exists():
        seats = seats.filter(project__candidacy__programme__school__in=schools)
    return seats.order_by("state", "place_no", "asked_at", "pk")


def board_rows(seats: Iterable[Seat]) -> list[BoardRow]:
    rows = list(seats)
    by_candidacy = standings(row.project.candidacy for row in rows)
    return [BoardRow(row, by_candidacy[row.project.candidacy_id]) for row in rows]
