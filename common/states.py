"""The states of a job and their moves, and how long one waits before it is tried again."""

from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=6)  # longer than Celery's hard limit of a task
MAX_ATTEMPTS = 6


class JobState(StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobAction(StrEnum):
    CLAIM = "claim"
    FINISH = "finish"
    RETRY = "retry"
    GIVE_UP = "give_up"


JOB_MOVES = {
    (JobState.READY, JobAction.CLAIM): JobState.RUNNING,
    (JobState.RUNNING, JobAction.CLAIM): JobState.RUNNING,  # its lease ran out: its worker died
    (JobState.RUNNING, JobAction.FINISH): JobState.DONE,
    (JobState.RUNNING, JobAction.RETRY): JobState.READY,
    (JobState.RUNNING, JobAction.GIVE_UP): JobState.FAILED,
}


def back_off(attempts: int) -> timedelta:
    """How long to wait after the `attempts`-th failure: 30 s, 1 min, 2 min, … at most an hour."""
    return min(timedelta(seconds=30 * 2 ** (attempts - 1)), timedelta(hours=1))
