"""R-CAL-1: how much time is left, to the second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.rules import TimeLeft, Unit, time_left

LAST = datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
END = LAST + SECOND


@pytest.mark.parametrize(
    ("left", "count", "unit"),
    [
        (36 * DAY, 36, Unit.DAY),
        (2 * DAY, 2, Unit.DAY),
        (2 * DAY - SECOND, 47, Unit.HOUR),
        (2 * HOUR, 2, Unit.HOUR),
        (2 * HOUR - SECOND, 119, Unit.MINUTE),
        (MINUTE, 1, Unit.MINUTE),
        (MINUTE - SECOND, 0, Unit.MINUTE),
        (SECOND, 0, Unit.MINUTE),
    ],
)
def test_counted_in_whole_units(left, count, unit):
    told = time_left(END - left, LAST)
    assert told
    assert (told.count, told.unit) == (count, unit)


@pytest.mark.parametrize("late", [timedelta(), SECOND, DAY])
def test_nothing_left_after_the_last_second(late):
    assert time_left(END + late, LAST) is None


def test_the_last_second_is_in_time():
    assert time_left(LAST + timedelta(microseconds=999_999), LAST) == TimeLeft(
        0, Unit.MINUTE, END - MINUTE + SECOND, END
    )


@given(st.integers(min_value=1, max_value=100 * 86400))
def test_the_words_hold_from_since_until_just_before_until(seconds):
    now = END - timedelta(seconds=seconds)
    told = time_left(now, LAST)
    assert told
    assert told.since <= now < told.until
    first, last = time_left(told.since, LAST), time_left(told.until - SECOND, LAST)
    assert first == told == last
    after = time_left(told.until, LAST)
    assert after is None or (after.count, after.unit) != (told.count, told.unit)
