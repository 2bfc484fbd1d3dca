"""Which week's offers a digest tells (R-PRO-15; the digest is ours)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from contratpro.offers.rules import week_behind, week_of

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2025, 6, 9, 5, 59, tzinfo=UTC), date(2025, 6, 2)),
        (datetime(2025, 6, 9, 6, 0, tzinfo=UTC), date(2025, 6, 9)),  # eight in Paris
        (datetime(2025, 6, 12, 12, 0, tzinfo=UTC), date(2025, 6, 9)),  # a worker that slept
        (datetime(2025, 6, 15, 21, 59, tzinfo=UTC), date(2025, 6, 9)),
        (datetime(2025, 12, 1, 6, 59, tzinfo=UTC), date(2025, 11, 24)),
        (datetime(2025, 12, 1, 7, 0, tzinfo=UTC), date(2025, 12, 1)),
    ],
)
def test_a_digest_is_due_on_mondays_at_eight(now, monday):
    assert week_behind(now, PARIS).monday == monday


def test_weeks_follow_each_other_whatever_the_clocks_do():
    """The last Sunday of March has an hour less."""
    before, after = week_of(date(2026, 3, 30), PARIS), week_of(date(2026, 4, 6), PARIS)
    assert before.until == after.since
    assert before.until.astimezone(UTC) == datetime(2026, 3, 30, 6, 0, tzinfo=UTC)
    assert before.since.astimezone(UTC) == datetime(2026, 3, 23, 7, 0, tzinfo=UTC)
