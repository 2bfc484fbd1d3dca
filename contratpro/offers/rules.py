"""When the offers of a week are told, and which they are (R-PRO-15; the digest is ours)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGEST_HOUR = time(8)  # on Mondays, in the zone of the year
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DigestWeek:
    """From one digest to the next: what is published at its last instant is of the one after."""

    monday: date
    since: datetime
    until: datetime


def week_behind(now: datetime, zone: ZoneInfo) -> DigestWeek:
    """The week whose digest is the last that was due: a worker that slept on Monday is late, and skips none."""
    local = now.astimezone(zone)
    monday = local.date() - timedelta(days=local.weekday())
    if local < datetime.combine(monday, DIGEST_HOUR, zone):
        monday -= A_WEEK
    return week_of(monday, zone)


def week_of(monday: date, zone: ZoneInfo) -> DigestWeek:
    """That of the digest of a Monday."""
    return DigestWeek(
        monday=monday,
        since=datetime.combine(monday - A_WEEK, DIGEST_HOUR, zone),
        until=datetime.combine(monday, DIGEST_HOUR, zone),
    )
