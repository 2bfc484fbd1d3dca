"""The tests to which candidates are called, and the slots of those that they book. Planned ones are left out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.dossier.selectors.read_model import Localized
from admissions.models import Application, Slot
from admissions.models.sealed import Sitting
from admissions.sittings.permissions import SCHEDULING
from admissions.sittings.rules import Booker, may_choose_slot
from admissions.states import AWAITED_SITTINGS, SittingState
from campaigns.document.values import Window
from campaigns.models import Assessment, Campaign, Milestone
from campaigns.vocabulary import BY_CANDIDATES, Booking, Medium, Precision
from common.rules import Verdict


def scheduled_campaigns(user: User) -> QuerySet[Campaign]:
    """Those for which the user sets hours, in whole or for some programmes."""
    schools = schools_of(user, *SCHEDULING)
    return Campaign.objects.filter(
        Q(organiser__in=schools) | Q(programmes__school__in=schools)
    ).distinct()


def timed_assessments(campaign: Campaign) -> QuerySet[Assessment]:
    """The tests that have an hour, in the order of the notice."""
    rows = Assessment.objects.filter(stage__selection__campaign=campaign).exclude(
        booking=Booking.NONE, sat_with__isnull=True
    )
    related = ("stage__selection", "window")
    return rows.select_related(*related).order_by(
        "stage__selection__position", "stage__position", "position"
    )


def bookable_assessments(slug: str) -> QuerySet[Assessment]:
    """The tests of a campaign whose candidates book."""
    rows = Assessment.objects.filter(
        stage__selection__campaign__slug=slug, booking__in=BY_CANDIDATES
    )
    return rows.select_related("stage__selection__campaign__organiser", "window")


def called_sittings(
    user: User, campaign: Campaign, assessment: Assessment, *, without_time: bool
) -> QuerySet[Sitting]:
    """Who is called and has not sat it yet; what is planned is sealed."""
    rows = Sitting.objects.filter(assessment=assessment, state__in=AWAITED_SITTINGS)
    rows = rows.filter(candidacy__stage=assessment.stage_id)
    schools = schools_of(user, *SCHEDULING)
    if not schools.filter(pk=campaign.organiser_id).exists():
        rows = rows.filter(candidacy__programme__school__in=schools)
    if without_time:
        rows = rows.filter(starts_at__isnull=True)
    return rows.select_related("candidacy__application", "candidacy__programme").order_by(
        "starts_at", "candidacy__sort_key", "pk"
    )


TAKEN = (SittingState.BOOKED, SittingState.SAT, SittingState.ABSENT)


def with_taken(slots: QuerySet[Slot]) -> QuerySet[Any]:
    """Counts those of the test itself: who sits another one with it takes no second place."""
    of_the_test = Q(sittings__assessment=F("assessment"), sittings__state__in=TAKEN)
    return slots.annotate(taken=Count("sittings", filter=of_the_test))


def slots_of(assessment: Assessment) -> QuerySet[Any]:
    return with_taken(Slot.objects.filter(assessment=assessment)).order_by("starts_at", "place")


def slots_to_come(assessment: Assessment, now: datetime) -> QuerySet[Any]:
    return slots_of(assessment).filter(starts_at__gt=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A test or an interview to which a candidate is called."""

    ref: str
    stage_id: int
    label: Localized
    minutes: int | None
    precision: Precision
    medium: Medium
    booking: Booking
    takes: int | None
    platform: str  # where it is sat online, if the notice says
    window: Window
    state: SittingState
    called_at: datetime
    starts_at: datetime | None
    place: str
    booked_day: datetime | None  # its first second, where a day is booked
    rebook: bool
    scale: int
    eliminates_at: int | None
    sat_with: Localized | None  # the test whose day it follows
    brings: tuple[Localized, ...] = ()  # those that follow its own

    @property
    def is_online(self) -> bool:
        return self.medium is Medium.ONLINE

    @property
    def is_final(self) -> bool:
        """Whether its candidate chose when, once and for all."""
        chosen = self.booking in BY_CANDIDATES and self.state is SittingState.BOOKED
        return chosen and not self.rebook and not (self.is_by_day and self.starts_at)

    @property
    def waits_for_time(self) -> bool:
        """Whether the office has still to set its hour."""
        assigned = self.booking is Booking.ASSIGNED or self.booked_day is not None
        return assigned and self.starts_at is None

    @property
    def is_by_day(self) -> bool:
        """Whether a day is booked, and not an hour."""
        return self.booking is Booking.DAY

    @property
    def to_book(self) -> bool:
        """Whether the candidate has still to book its day or hour."""
        return (
            self.booking in BY_CANDIDATES
            and self.state is SittingState.CALLED
            and self.starts_at is None
        )

    @property
    def may_change(self) -> bool:
        """Whether what is booked can be exchanged for another slot."""
        return self.booking in BY_CANDIDATES and self.state is SittingState.BOOKED and self.rebook


# Invented, for what shows a mail without anyone’s data.
SAMPLE_HOUR = datetime(2027, 3, 23, 8, 30, tzinfo=UTC)
SAMPLE_CALL = Call(
    ref="exemple",
    stage_id=0,
    label={"fr": "Entretien de motivation", "en": "Interview"},
    minutes=30,
    precision=Precision.EXACT,
    medium=Medium.ON_SITE,
    booking=Booking.ASSIGNED,
    takes=None,
    platform="",
    window=Window(SAMPLE_HOUR, SAMPLE_HOUR + timedelta(days=3), all_day=True),
    state=SittingState.CALLED,
    called_at=SAMPLE_HOUR,
    starts_at=SAMPLE_HOUR,
    place="Salle d’exemple, bâtiment A",
    booked_day=None,
    rebook=False,
    scale=20,
    eliminates_at=None,
    sat_with=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A test that candidates book: the slots to come, each with `taken`, and the one held."""

    call: Call
    slots: tuple[Slot, ...]
    held: Slot | None
    may_choose: Verdict


OF_A_CALL = ("assessment__window__campaign", "assessment__sat_with", "slot__assessment")


def calls(candidacies: Collection[int]) -> Mapping[int, list[Call]]:
    """The sittings of each candidacy, planned ones left out: they are sealed."""
    if not candidacies:
        return {}
    rows = Sitting.objects.filter(candidacy__in=candidacies).exclude(state=SittingState.PLANNED)
    found: dict[int, list[Sitting]] = defaultdict(list)
    for row in rows.select_related(*OF_A_CALL).order_by(
        "called_at", "assessment__position", "nature"
    ):
        found[row.candidacy_id].append(row)
    return defaultdict(
        list, {pk: [_call(row, called) for row in called] for pk, called in found.items()}
    )


def offer_of(application: Application, sitting_ref: str, now: datetime) -> Offered | None:
    """A test that a dossier is called to and whose candidates book; None for any other."""
    called = Sitting.objects.filter(candidacy__application=application).exclude(
        state=SittingState.PLANNED
    )
    row = (
        called.filter(ref=sitting_ref, assessment__booking__in=BY_CANDIDATES)
        .select_related(*OF_A_CALL)
        .first()
    )
    if row is None:
        return None
    slots = tuple(slots_to_come(row.assessment, now))
    return Offered(
        call=_call(row), slots=slots, held=row.slot, may_choose=may_choose_slot(booker_of(row), now)
    )


def booker_of(row: Sitting) -> Booker:
    return Booker(
        state=row.state,
        booking=row.assessment.booking,
        rebook=row.assessment.rebook,
        has_hour=row.starts_at is not None,
        held_from=row.slot.starts_at if row.slot else None,
    )


def _call(row: Sitting, others: Collection[Sitting] = ()) -> Call:
    assessment = row.assessment
    assert row.called_at, "a sitting that is told has been called"
    return Call(
        ref=row.ref,
        stage_id=assessment.stage_id,
        label=row.label,
        minutes=assessment.minutes,
        precision=assessment.precision,
        medium=row.sat_by,
        booking=assessment.booking,
        takes=assessment.takes,
        platform=assessment.platform if row.sat_by is Medium.ONLINE else "",
        window=_window(assessment.window),
        state=row.state,
        called_at=row.called_at,
        starts_at=row.starts_at,
        place=row.place,
        booked_day=row.slot.starts_at
        if row.slot and row.slot.assessment.booking == Booking.DAY
        else None,
        rebook=assessment.rebook,
        scale=assessment.scale,
        eliminates_at=assessment.eliminates_at,
        sat_with=assessment.sat_with.label if assessment.sat_with else None,
        brings=tuple(
            other.label
            for other in others
            if other.assessment.sat_with == assessment and other.state in AWAITED_SITTINGS
        ),
    )


def _window(milestone: Milestone) -> Window:
    """Its ends where the campaign is."""
    zone = ZoneInfo(milestone.campaign.zone)
    first, last = milestone.starts_at, milestone.ends_at
    return Window(
        first and first.astimezone(zone),
        last and last.astimezone(zone),
        milestone.all_day,
        milestone.about,
    )
