"""The table of moves, whole, and when a run may act."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from campaigns.rules.runs import RUN_MOVES, RunAction, RunFacts, RunState, Standing, back_off, standing
from common.rules.moves import IllegalMoveError, next_state

HOUR = datetime(2022, 4, 4, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEGAL = """
planned arm planned
planned confirm planned
planned disarm planned
planned claim running
planned move planned
planned hold held
planned skip skipped
running finish done
running fail planned
running give_up failed
held free planned
held move held
failed retry planned
failed move failed
"""
TABLE = {(state, action): target for state, action, target in (line.split() for line in LEGAL.split("\n") if line)}


@pytest.mark.parametrize(("state", "action"), list(product(RunState, RunAction)))
def test_every_action_from_every_state(state, action):
    target = TABLE.get((state.value, action.value))
    if target:
        assert next_state(RUN_MOVES, state, action).value == target
    else:
        with pytest.raises(IllegalMoveError):
            next_state(RUN_MOVES, state, action)


def facts(**changes):
    usual = {
        "state": RunState.PLANNED,
        "waits_until": HOUR,
        "lease_until": None,
        "is_published": True,
        "is_assumed": False,
        "is_agreed": True,
    }
    return RunFacts(**usual | changes)


@pytest.mark.parametrize(
    ("run", "now", "expected"),
    [
        (facts(), HOUR - SECOND, Standing.EARLY),
        (facts(), HOUR, Standing.READY),
        (facts(), HOUR + timedelta(days=2), Standing.READY),
        (facts(is_agreed=False), HOUR - SECOND, Standing.EARLY),
        (facts(is_agreed=False), HOUR, Standing.UNARMED),
        (facts(is_assumed=True), HOUR - SECOND, Standing.EARLY),
        (facts(is_assumed=True), HOUR, Standing.ASSUMED),
        (facts(is_assumed=True, is_agreed=False), HOUR, Standing.ASSUMED),
        (facts(is_published=False), HOUR - SECOND, Standing.CLOSED),
        (facts(is_published=False), HOUR, Standing.CLOSED),
        (facts(state=RunState.RUNNING, lease_until=HOUR), HOUR, Standing.UNDER_WAY),
        (facts(state=RunState.RUNNING, lease_until=HOUR), HOUR + SECOND, Standing.LEFT_BEHIND),
        (facts(state=RunState.HELD), HOUR, Standing.HELD),
        (facts(state=RunState.DONE), HOUR, Standing.OVER),
        (facts(state=RunState.FAILED), HOUR, Standing.OVER),
        (facts(state=RunState.SKIPPED), HOUR, Standing.OVER),
    ],
)
def test_when_it_may_act(run, now, expected):
    """R-CAL-2, R-CAL-7"""
    assert standing(run, now) is expected


@pytest.mark.parametrize(("failures", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 240), (8, 3600), (20, 3600)])
def test_it_waits_longer_after_each_failure(failures, seconds):
    assert back_off(failures) == timedelta(seconds=seconds)
