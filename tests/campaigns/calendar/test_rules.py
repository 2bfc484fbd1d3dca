"""Where each date stands, and when that changes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from campaigns.calendar.rules import Span, Tense, around, in_order, instants, tenses

SECOND = timedelta(seconds=1)
PAST, NOW, NEXT, LATER = Tense.PAST, Tense.NOW, Tense.NEXT, Tense.LATER


def on(day: int, hour: int = 0, second: int = 0) -> datetime:
    return datetime(2022, 3, day, hour, 0, second, tzinfo=UTC)


OPENING = Span("opening", on(1), on(1, 23))
DEADLINE = Span("deadline", None, on(8, 22))
RESULTS = Span("results", on(10, 10), on(10, 10))
TESTS = Span("tests", on(12), on(15, 22))
SEARCH = Span("search", on(12), None)
CALENDAR = (TESTS, SEARCH, DEADLINE, OPENING, RESULTS)


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (
            on(1) - SECOND,
            {"opening": NEXT, "deadline": LATER, "results": LATER, "tests": LATER, "search": LATER},
        ),
        (
            on(1),
            {"opening": NOW, "deadline": NEXT, "results": LATER, "tests": LATER, "search": LATER},
        ),
        (
            on(1, 23),
            {"opening": NOW, "deadline": NEXT, "results": LATER, "tests": LATER, "search": LATER},
        ),
        (
            on(8, 22),
            {"opening": PAST, "deadline": NEXT, "results": LATER, "tests": LATER, "search": LATER},
        ),
        (
            on(8, 22, 1),
            {"opening": PAST, "deadline": PAST, "results": NEXT, "tests": LATER, "search": LATER},
        ),
        (
            on(10, 10),
            {"opening": PAST, "deadline": PAST, "results": PAST, "tests": NEXT, "search": NEXT},
        ),
        (on(12), {"opening": PAST, "deadline": PAST, "results": PAST, "tests": NOW, "search": NOW}),
        (
            on(15, 22, 1),
            {"opening": PAST, "deadline": PAST, "results": PAST, "tests": PAST, "search": NOW},
        ),
    ],
)
def test_past_now_next_later(now, standing):
    assert tenses(CALENDAR, now) == standing


def test_in_order_of_their_dates():
    assert [span.key for span in in_order(CALENDAR)] == [
        "opening",
        "deadline",
        "results",
        "tests",
        "search",
    ]


def test_every_change_is_foreseen():
    """Between two instants nothing changes; at each of them something does."""
    moments = instants(CALENDAR)
    for before, after in pairwise(moments):
        assert tenses(CALENDAR, before) == tenses(CALENDAR, after - SECOND)
        assert tenses(CALENDAR, after - SECOND) != tenses(CALENDAR, after)


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (on(1), (None, on(2))),
        (on(2), (on(2), on(4))),
        (on(3), (on(2), on(4))),
        (on(4), (on(4), None)),
    ],
)
def test_around(now, found):
    assert around((on(2), on(4)), now) == found
