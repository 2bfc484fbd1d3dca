from datetime import UTC, datetime

import pytest

from campaigns.states import phase
from campaigns.vocabulary import Phase

OPENS = datetime(2022, 1, 31, 23, 0, 0, tzinfo=UTC)
LAST = datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2022, 1, 31, 22, 59, 59, 999_999, tzinfo=UTC), Phase.UPCOMING),
        (datetime(2022, 1, 31, 23, 0, 0, tzinfo=UTC), Phase.OPEN),
        (datetime(2022, 3, 8, 22, 59, 59, 999_999, tzinfo=UTC), Phase.OPEN),
        (datetime(2022, 3, 8, 23, 0, 0, tzinfo=UTC), Phase.CLOSED),
    ],
)
def test_phase(now, expected):
    """R-CAL-1: open from the first to the last second."""
    assert phase(OPENS, LAST, now, archived=False) is expected


def test_an_archived_campaign_is_nothing_else():
    assert phase(OPENS, LAST, OPENS, archived=True) is Phase.ARCHIVED
