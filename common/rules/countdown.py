"""How much time is left, as it is said to people: whole days, then hours, then minutes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

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
