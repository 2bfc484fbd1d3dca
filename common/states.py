"""The states of a job and their moves, and the lease on which one is run."""

from datetime import timedelta
from enum import StrEnum

from common.rules import Lease

JOB_LEASE = Lease(
    lasts=timedelta(minutes=6),  # longer than Celery's hard limit of a task
    tries=6,
    first_pause=timedelta(seconds=30),
    longest_pause=timedelta(hours=1),
)


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
