"""Where each date of a calendar stands at a given moment, and when that changes."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SECOND = timedelta(seconds=1)


class Tense(StrEnum):
    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Span:
    """A date of the calendar, its last second included. One of its ends may be open, not both."""

    key: str
    starts_at: datetime | None
    ends_at: datetime | None

    @property
    def first(self) -> datetime:
        """What it is ordered by: a deadline alone counts from its last second."""
        first = self.starts_at or self.ends_at
        assert first
        return first

    @property
    def over_at(self) -> datetime | None:
        """The instant from which it is past; None if it has no end. An instant is past as soon as it is reached."""
        if self.ends_at is None or self.starts_at == self.ends_at:
            return self.ends_at
        return self.ends_at + SECOND


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: span.first))


def tenses(spans: Iterable[Span], now: datetime) -> dict[str, Tense]:
    """Past, under way, next (the first to come, several if they start together) or later."""
    spans = tuple(spans)
    placed = {span.key: _tense(span, now) for span in spans}
    to_come = [span for span in spans if placed[span.key] is Tense.LATER]
    soonest = min((span.first for span in to_come), default=None)
    return placed | {span.key: Tense.NEXT for span in to_come if span.first == soonest}


def _tense(span: Span, now: datetime) -> Tense:
    if span.over_at and now >= span.over_at:
        return Tense.PAST
    return Tense.NOW if span.starts_at and now >= span.starts_at else Tense.LATER


def instants(spans: Iterable[Span]) -> tuple[datetime, ...]:
    """Every instant at which `places` changes, in order."""
    found = {moment for span in spans for moment in (span.starts_at, span.over_at) if moment}
    return tuple(sorted(found))


def around(moments: tuple[datetime, ...], now: datetime) -> tuple[datetime | None, datetime | None]:
    """The last of `moments` that has come and the first that has not."""
    index = bisect_right(moments, now)
    return (moments[index - 1] if index else None, moments[index] if index < len(moments) else None)
