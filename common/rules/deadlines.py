"""Deadlines to the second, and the time that is left before one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LAST_SECOND_OF_DAY = time(23, 59, 59)


def last_second(until: date | datetime, zone: ZoneInfo) -> datetime:
    """The last second in time, in the campaign's zone.

    A date alone runs to 23:59:59 of that day. A naive date with a time is read in
    `zone`; an hour that the clock change repeats means its second passage, the one
    that favours the candidate.
    """
    if isinstance(until, datetime):
        local = until if until.tzinfo else until.replace(tzinfo=zone, fold=1)
    else:
        local = datetime.combine(until, LAST_SECOND_OF_DAY, tzinfo=zone).replace(fold=1)
    return local.astimezone(UTC).astimezone(zone).replace(microsecond=0)


def first_second(from_: date | datetime, zone: ZoneInfo) -> datetime:
    """The first second of a window, in the campaign's zone: midnight for a date alone."""
    if isinstance(from_, datetime):
        return from_ if from_.tzinfo else from_.replace(tzinfo=zone)
    return datetime.combine(from_, time.min, tzinfo=zone)


def in_time(received_at: datetime, last: datetime) -> bool:
    """Whether what was received at `received_at` (aware) is in time, to the second."""
    return received_at.astimezone(UTC).replace(microsecond=0) <= last.astimezone(UTC)


SECOND = timedelta(seconds=1)


class Unit(StrEnum):
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


LENGTHS = {
    Unit.DAY: timedelta(days=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.MINUTE: timedelta(minutes=1),
}


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """At least `count` whole `unit`s are left; the words hold from `since` until just before `until`."""

    count: int
    unit: Unit
    since: datetime
    until: datetime


def time_left(now: datetime, last_second: datetime) -> TimeLeft | None:
    """What is left before `last_second` (included) is over; None once it is.

    Hours are told under two days, minutes under two hours.
    """
    end = last_second.astimezone(UTC) + SECOND
    left = end - now.astimezone(UTC).replace(microsecond=0)
    if left <= timedelta():
        return None
    unit = next(unit for unit in Unit if unit is Unit.MINUTE or left >= 2 * LENGTHS[unit])
    length = LENGTHS[unit]
    count = left // length
    return TimeLeft(
        count=count,
        unit=unit,
        since=end - (count + 1) * length + SECOND,
        until=end - count * length + SECOND if count else end,
    )
