"""The table of moves, whole, and when a run may act."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from campaigns.states import (
    RUN_LEASE,
    RUN_MOVES,
    RunAction,
    RunFacts,
    RunStanding,
    RunState,
    standing_of_run,
)
from common.rules import IllegalMoveError, next_state

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
TABLE = {
    (state, action): target
    for state, action, target in (line.split() for line in LEGAL.split("\n") if line)
}


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
        (facts(), HOUR - SECOND, RunStanding.EARLY),
        (facts(), HOUR, RunStanding.READY),
        (facts(), HOUR + timedelta(days=2), RunStanding.READY),
        (facts(is_agreed=False), HOUR - SECOND, RunStanding.EARLY),
        (facts(is_agreed=False), HOUR, RunStanding.UNARMED),
        (facts(is_assumed=True), HOUR - SECOND, RunStanding.EARLY),
        (facts(is_assumed=True), HOUR, RunStanding.ASSUMED),
        (facts(is_assumed=True, is_agreed=False), HOUR, RunStanding.ASSUMED),
        (facts(is_published=False), HOUR - SECOND, RunStanding.CLOSED),
        (facts(is_published=False), HOUR, RunStanding.CLOSED),
        (facts(state=RunState.RUNNING, lease_until=HOUR), HOUR, RunStanding.UNDER_WAY),
        (facts(state=RunState.RUNNING, lease_until=HOUR), HOUR + SECOND, RunStanding.LEFT_BEHIND),
        (facts(state=RunState.HELD), HOUR, RunStanding.HELD),
        (facts(state=RunState.DONE), HOUR, RunStanding.OVER),
        (facts(state=RunState.FAILED), HOUR, RunStanding.OVER),
        (facts(state=RunState.SKIPPED), HOUR, RunStanding.OVER),
    ],
)
def test_when_it_may_act(run, now, expected):
    """R-CAL-2, R-CAL-7"""
    assert standing_of_run(run, now) is expected


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 240), (8, 3600), (20, 3600)]
)
def test_it_waits_longer_after_each_failure(failures, seconds):
    assert RUN_LEASE.pause(failures) == timedelta(seconds=seconds)
