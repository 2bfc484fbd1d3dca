"""When a test may be held."""

from dataclasses import dataclass
from datetime import datetime

from admissions.rules.moves import SittingState
from campaigns.rules.enums import Booking
from common.rules.refusals import ALLOWED, Verdict, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A sitting whose hour is to be set, within the window of its test."""

    state: SittingState
    booking: Booking
    opens_at: datetime
    closes_at: datetime


def may_set_time(appointment: Appointment, starts_at: datetime, now: datetime) -> Verdict:
    if appointment.state is not SittingState.CALLED:
        return refused("sitting_is_not_called")
    if appointment.booking is Booking.NONE:
        return refused("sitting_takes_no_hour")
    if not appointment.opens_at <= starts_at <= appointment.closes_at:
        return refused("hour_outside_window")
    return ALLOWED if starts_at > now else refused("hour_is_past")
