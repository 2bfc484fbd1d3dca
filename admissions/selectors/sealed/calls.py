"""Which announcements have gone out, and how far the others are."""

from collections.abc import Iterable
from datetime import datetime

from campaigns.models import Milestone, MilestoneRun, Stage
from campaigns.states import OPEN_STATES, RunState

GONE = {RunState.RUNNING.value, RunState.DONE.value}
OPEN = {state.value for state in OPEN_STATES}


def is_announced(milestone: Milestone, now: datetime) -> bool:
    """Whether an announcement was made: nobody is called any more by what it told."""
    states = set(MilestoneRun.objects.filter(milestone=milestone).values_list("state", flat=True))
    if states & GONE:
        return True
    day = milestone.starts_at or milestone.ends_at
    return not states & OPEN and day is not None and day <= now


def announcements(stages: Iterable[Stage]) -> dict[int, MilestoneRun]:
    """The last run of what announces each stage, by the stage's id."""
    of_stage = {stage.pk: stage.announce_id for stage in stages}
    runs = MilestoneRun.objects.filter(milestone__in=of_stage.values()).order_by("revision")
    last = {run.milestone_id: run for run in runs}
    return {stage: last[milestone] for stage, milestone in of_stage.items() if milestone in last}
