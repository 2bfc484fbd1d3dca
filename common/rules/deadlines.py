"""When something is in time (R-CAL-1)."""

from datetime import UTC, date, datetime, time
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
