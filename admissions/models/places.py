"""Places of pools: the seats that take them, an employer's agreement, the supplementary list."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from admissions.models.dossiers import Application, Candidacy
from admissions.states import (
    ACTIVE_SEATS,
    EMPLOYER_AGREEMENT_MOVES,
    SEAT_MOVES,
    EmployerAgreementState,
    SeatState,
)
from campaigns.models import Pool, Programme
from common.fields import EnumField, Movable, Subject
from common.refs import REF_LENGTH, new_ref
from companies.models import Company

ACTIVE_SEAT_STATES = [state.value for state in ACTIVE_SEATS]
SEAT_HELD = SeatState.HELD.value
SEAT_RELEASED = SeatState.RELEASED.value
IN_FORCE = EmployerAgreementState.IN_FORCE.value


class Seat(Movable):
    """A place of a pool, held or asked for by a dossier. Capacity is counted from these rows (R-PLA-5)."""

    moves = SEAT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="seats")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="seats")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="seats")
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        help_text="who hires; none where the results alone give the place",
    )
    state = EnumField(max_length=10, enum=SeatState)
    asked_at = models.DateTimeField()
    place_no = models.PositiveSmallIntegerField(null=True, blank=True)
    held_at = models.DateTimeField(
        null=True, blank=True, help_text="since when it holds or held a place"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "apprenticeship_seat"  # where it was first kept
        ordering = ("pool", "asked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "application",
                name="seat_one_per_dossier",
                condition=Q(state__in=ACTIVE_SEAT_STATES),
            ),
            models.UniqueConstraint(
                "pool", "place_no", name="seat_place_once", condition=Q(state=SEAT_HELD)
            ),
            models.CheckConstraint(
                name="seat_place_no_iff_held",
                condition=Q(state=SEAT_HELD, place_no__isnull=False, held_at__isnull=False)
                | (~Q(state=SEAT_HELD) & Q(place_no__isnull=True)),
            ),
            models.CheckConstraint(
                name="seat_place_no_from_one",
                condition=Q(place_no__isnull=True) | Q(place_no__gte=1),
            ),
            models.CheckConstraint(
                name="seat_released_iff_said_why",
                condition=(Q(state=SEAT_RELEASED, released_at__isnull=False) & ~Q(released_why=""))
                | (~Q(state=SEAT_RELEASED) & Q(released_at__isnull=True, released_why="")),
            ),
        ]
        indexes = [
            models.Index(
                "pool", "state", "asked_at", "id", name="seat_of_pool"
            ),  # counts and queue
            models.Index("pool", "state", "place_no", "asked_at", "id", name="seat_board"),
        ]

    def __str__(self) -> str:
        return self.ref

    def in_journal(self) -> Subject:
        return subject_of("seat", self.ref, self.application)


class EmployerAgreement(Movable):
    """That a company agrees to train someone, where the admission rests on that and not on a contract."""

    moves = EMPLOYER_AGREEMENT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="agreements")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="agreements")
    state = EnumField(max_length=10, enum=EmployerAgreementState)
    agreed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("candidacy", "recorded_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "candidacy", name="agreement_one_in_force", condition=Q(state=IN_FORCE)
            ),
            models.CheckConstraint(
                name="agreement_withdrawn_iff_said_why",
                condition=Q(state=IN_FORCE, withdrawn_at__isnull=True, withdrawn_why="")
                | (~Q(state=IN_FORCE) & Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def in_journal(self) -> Subject:
        return subject_of("agreement", self.ref, self.candidacy.application)


class SupplementaryEntry(models.Model):
    """A name on a programme's supplementary list, and the last day on which it may sign a contract (R-JOB-6).

    Whether it is still on it is what the candidacy's state says.
    """

    candidacy = models.OneToOneField(
        Candidacy, on_delete=models.PROTECT, related_name="supplementary_entry"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="supplementary_entries"
    )
    rank = models.PositiveSmallIntegerField()
    until = models.DateField()
    listed_at = models.DateTimeField()

    class Meta:
        db_table = "apprenticeship_supplementaryentry"  # where it was first kept
        ordering = ("programme", "rank")
        constraints = [
            models.UniqueConstraint("programme", "rank", name="supplementary_rank_once"),
            models.CheckConstraint(name="supplementary_rank_from_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}, rank {self.rank}"


def subject_of(kind: str, ref: str, application: Application) -> Subject:
    """How the journal calls a row that belongs to a dossier."""
    return Subject(kind, ref, application.campaign.slug, {"application": application.ref})
