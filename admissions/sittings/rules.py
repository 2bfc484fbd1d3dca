"""When a test may be held, and who may book when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from admissions.states import AWAITED_SITTINGS, SittingState
from campaigns.vocabulary import BY_CANDIDATES, Booking
from common.rules import ALLOWED, Verdict, first_second, last_second, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A sitting whose hour is to be set, within the window of its test."""

    state: SittingState
    booking: Booking
    opens_at: datetime
    closes_at: datetime


def may_set_time(appointment: Appointment, starts_at: datetime, now: datetime) -> Verdict:
    if appointment.state not in AWAITED_SITTINGS:
        return refused("sitting_is_not_called")
    if appointment.booking is Booking.NONE:
        return refused("sitting_takes_no_hour")
    if not appointment.opens_at <= starts_at <= appointment.closes_at:
        return refused("hour_outside_window")
    return ALLOWED if starts_at > now else refused("hour_is_past")


@dataclass(frozen=True, slots=True, kw_only=True)
class Booker:
    """A sitting whose candidate books. `held_from` is when the slot booked before begins."""

    state: SittingState
    booking: Booking
    rebook: bool
    has_hour: bool
    held_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slot, with the places taken in it."""

    starts_at: datetime
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.taken)


def may_choose_slot(booker: Booker, now: datetime) -> Verdict:
    """Book a first time, or again where the notice lets one change and the hour is still to come."""
    if booker.booking not in BY_CANDIDATES:
        return refused("sitting_is_not_booked")
    if booker.state is SittingState.BOOKED:
        if not booker.rebook:
            return refused("booking_is_final")
        return (
            refused("booking_is_past") if booker.held_from and booker.held_from <= now else ALLOWED
        )
    if booker.state is not SittingState.CALLED:
        return refused("sitting_is_over")
    return refused("hour_is_set") if booker.has_hour else ALLOWED


def may_book(booker: Booker, offer: Offer, now: datetime) -> Verdict:
    """First come, first served (R-SEL-7)."""
    may_choose = may_choose_slot(booker, now)
    if not may_choose:
        return may_choose
    if offer.starts_at <= now:
        return refused("slot_is_past")
    return ALLOWED if offer.left else refused("slot_is_full")


Span = tuple[datetime, datetime]


def series(first: datetime, minutes: int, count: int) -> tuple[Span, ...]:
    """Slots of so many minutes, one after the other."""
    length = timedelta(minutes=minutes)
    return tuple(
        (first + number * length, first + (number + 1) * length) for number in range(count)
    )


def bookable_day(test: Span, day: date, zone: ZoneInfo) -> Span:
    """A whole day, or what the hours of the test leave of its first and last."""
    return max(first_second(day, zone), test[0]), min(last_second(day, zone), test[1])


def may_open(spans: tuple[Span, ...], window: Span, now: datetime) -> Verdict:
    """Slots are to come, and within the days of their test."""
    if any(not window[0] <= start < end <= window[1] for start, end in spans):
        return refused("hour_outside_window")
    return ALLOWED if all(start > now for start, _ in spans) else refused("hour_is_past")
