"""The moves of a job, all of them, and the pauses between its attempts."""

from datetime import timedelta
from itertools import product

import pytest

from common.rules import IllegalMoveError, next_state, sources
from common.states import JOB_LEASE, JOB_MOVES, JobAction, JobState

LEGAL = {
    ("ready", "claim"): "running",
    ("running", "claim"): "running",
    ("running", "finish"): "done",
    ("running", "retry"): "ready",
    ("running", "give_up"): "failed",
}


@pytest.mark.parametrize(("state", "action"), list(product(JobState, JobAction)))
def test_every_state_and_action(state, action):
    if (state, action) in LEGAL:
        assert next_state(JOB_MOVES, state, action) == LEGAL[state, action]
    else:
        with pytest.raises(IllegalMoveError):
            next_state(JOB_MOVES, state, action)


def test_sources():
    assert sources(JOB_MOVES, JobAction.CLAIM) == (JobState.READY, JobState.RUNNING)


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        (1, timedelta(seconds=30)),
        (2, timedelta(minutes=1)),
        (5, timedelta(minutes=8)),
        (20, timedelta(hours=1)),
    ],
)
def test_back_off(attempts, pause):
    assert JOB_LEASE.pause(attempts) == pause
