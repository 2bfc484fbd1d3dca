"""What all rules share: why not, where an action leads, until when, with what patience, and small values."""

import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType, TypeVar
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason for which something may not be done."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this be done?", with every reason against it."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict()


def refused(code: str, **params: object) -> Verdict:
    return Verdict((Refusal(code, params),))


State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


class IllegalMoveError(Exception):
    """The action is not in the aggregate's table for that state."""


def next_state(moves: Mapping[tuple[State, Action], State], state: State, action: Action) -> State:
    """Where `action` leads from `state`.

    Raises IllegalMoveError when the table has no such move.
    """
    try:
        return moves[state, action]
    except KeyError:
        raise IllegalMoveError(f"{action!r} is not allowed from {state!r}") from None


def sources(moves: Mapping[tuple[State, Action], State], action: Action) -> tuple[State, ...]:
    """The states from which `action` is allowed."""
    return tuple(state for state, known in moves if known == action)


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


def months_later(day: date, months: int) -> date:
    """The same day of that month, or the month's last; of an earlier month if `months` is below nothing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """How long a worker has what it claims, and with what patience a failure is tried again."""

    lasts: timedelta
    tries: int
    first_pause: timedelta
    longest_pause: timedelta

    def pause(self, failures: int) -> timedelta:
        """How long to wait after the `failures`-th failure: twice as long each time."""
        return min(self.first_pause * (1 << failures - 1), self.longest_pause)

    def is_last(self, failures: int) -> bool:
        """Whether to give up after that many."""
        return failures >= self.tries


Cents = NewType("Cents", int)

NOT_DECOMPOSED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def fold(text: str) -> str:
    """`text` without case, accents and punctuation, its words apart by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(NOT_DECOMPOSED)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())
