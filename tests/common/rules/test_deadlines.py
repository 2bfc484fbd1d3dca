"""R-CAL-1: in time up to the last second of the day in the campaign's zone, whatever the server's."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from common.rules import first_second, in_time, last_second
from config.environment import ROOT

PARIS = ZoneInfo("Europe/Paris")
DEADLINE = last_second(date(2022, 3, 8), PARIS)


def test_a_day_runs_to_its_last_second_in_paris():
    """R-CAL-1: 8 March 2022."""
    assert DEADLINE.isoformat() == "2022-03-08T23:59:59+01:00"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param(
            datetime(2022, 3, 8, 22, 59, 58, tzinfo=UTC), True, id="a second before the last"
        ),
        pytest.param(datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC), True, id="the last second"),
        pytest.param(
            datetime(2022, 3, 8, 22, 59, 59, 1, tzinfo=UTC),
            True,
            id="a microsecond into the last second",
        ),
        pytest.param(
            datetime(2022, 3, 8, 22, 59, 59, 999_999, tzinfo=UTC), True, id="its last microsecond"
        ),
        pytest.param(datetime(2022, 3, 8, 23, 0, 0, tzinfo=UTC), False, id="the next second"),
        pytest.param(datetime(2022, 3, 9, 0, 0, 0, tzinfo=PARIS), False, id="midnight in Paris"),
        pytest.param(
            datetime(2022, 3, 8, 17, 59, 59, tzinfo=ZoneInfo("America/New_York")),
            True,
            id="from New York",
        ),
        pytest.param(
            datetime(2022, 3, 8, 18, 0, 0, tzinfo=ZoneInfo("America/New_York")),
            False,
            id="late in New York",
        ),
        pytest.param(
            datetime(2022, 3, 9, 7, 59, 59, tzinfo=timezone(timedelta(hours=9))),
            True,
            id="next day in Tokyo",
        ),
    ],
)
def test_the_last_second_and_the_next(received, expected):
    """R-CAL-1."""
    assert in_time(received, DEADLINE) is expected


@pytest.mark.parametrize(
    "zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Paris"]
)
def test_the_zone_of_the_server_plays_no_part(zone):
    """R-CAL-1: the same answers from a process whose clock is elsewhere."""
    code = """
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo
from common.rules import first_second, in_time, last_second
last = last_second(date(2022, 3, 8), ZoneInfo("Europe/Paris"))
moments = [datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC), datetime(2022, 3, 8, 23, tzinfo=UTC)]
answers = [in_time(moment, last) for moment in moments]
print(last.isoformat(), first_second(date(2022, 2, 1), ZoneInfo("Europe/Paris")).isoformat(), *answers)
"""
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "2022-03-08T23:59:59+01:00 2022-02-01T00:00:00+01:00 True False\n"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2022, 3, 26), "2022-03-26T23:59:59+01:00", id="eve of the spring change"),
        pytest.param(date(2022, 3, 27), "2022-03-27T23:59:59+02:00", id="a day of 23 hours"),
        pytest.param(
            date(2022, 10, 29), "2022-10-29T23:59:59+02:00", id="eve of the autumn change"
        ),
        pytest.param(date(2022, 10, 30), "2022-10-30T23:59:59+01:00", id="a day of 25 hours"),
    ],
)
def test_the_days_of_the_clock_change(day, expected):
    """R-CAL-1."""
    assert last_second(day, PARIS).isoformat() == expected


@pytest.mark.parametrize(
    ("until", "last", "next_one"),
    [
        pytest.param(
            datetime(2022, 3, 27, 1, 59, 59),
            datetime(2022, 3, 27, 0, 59, 59, tzinfo=UTC),
            datetime(2022, 3, 27, 1, 0, 0, tzinfo=UTC),
            id="the second before the spring change",
        ),
        pytest.param(
            datetime(2022, 3, 27, 3, 0, 0),
            datetime(2022, 3, 27, 1, 0, 0, tzinfo=UTC),
            datetime(2022, 3, 27, 1, 0, 1, tzinfo=UTC),
            id="the first second of summer time",
        ),
        pytest.param(
            datetime(2022, 10, 30, 2, 30, 0),
            datetime(2022, 10, 30, 1, 30, 0, tzinfo=UTC),
            datetime(2022, 10, 30, 1, 30, 1, tzinfo=UTC),
            id="an hour that comes twice: its second passage",
        ),
        pytest.param(
            datetime(2022, 3, 8, 12, 0),
            datetime(2022, 3, 8, 11, 0, 0, tzinfo=UTC),
            datetime(2022, 3, 8, 11, 0, 1, tzinfo=UTC),
            id="noon",
        ),
    ],
)
def test_a_deadline_with_an_hour(until, last, next_one):
    """R-CAL-1: up to that second included, on the nights of the clock change too."""
    limit = last_second(until, PARIS)
    assert (limit.astimezone(UTC), in_time(last, limit), in_time(next_one, limit)) == (
        last,
        True,
        False,
    )


def test_the_first_passage_of_a_doubled_hour_is_in_time():
    limit = last_second(datetime(2022, 10, 30, 2, 30, 0), PARIS)
    assert in_time(datetime(2022, 10, 30, 2, 30, 0, tzinfo=PARIS, fold=0), limit)


def test_a_moment_that_has_a_zone_keeps_it():
    at = datetime(2022, 3, 8, 12, 0, tzinfo=UTC)
    assert last_second(at, PARIS).isoformat() == "2022-03-08T13:00:00+01:00"
    assert first_second(at, PARIS) == at


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2022, 2, 1), "2022-02-01T00:00:00+01:00"),
        (date(2022, 3, 27), "2022-03-27T00:00:00+01:00"),
        (datetime(2022, 4, 4, 10, 0), "2022-04-04T10:00:00+02:00"),
    ],
)
def test_a_window_starts_at_midnight_or_at_its_hour(start, expected):
    assert first_second(start, PARIS).isoformat() == expected
