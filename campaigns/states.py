"""The moves of a milestone's run, and the phase of a campaign by its dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from campaigns.vocabulary import Phase
from common.rules import Lease, in_time

RUN_LEASE = Lease(
    lasts=timedelta(minutes=3),  # from the claim to the lock that the effect is written under
    tries=6,
    first_pause=timedelta(seconds=30),
    longest_pause=timedelta(hours=1),
)


class RunState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    HELD = "held"
    SKIPPED = "skipped"


class RunAction(StrEnum):
    ARM = "arm"
    CONFIRM = "confirm"
    DISARM = "disarm"
    CLAIM = "claim"
    FINISH = "finish"
    FAIL = "fail"
    GIVE_UP = "give_up"
    MOVE = "move"
    HOLD = "hold"
    FREE = "free"
    SKIP = "skip"
    RETRY = "retry"


# A run begins with a row: – –plan→ planned, or – –skip→ skipped if its date is already past.
# Arming and confirming leave the state: they are guards of the claim, kept in columns.
RUN_MOVES = {
    (RunState.PLANNED, RunAction.ARM): RunState.PLANNED,
    (RunState.PLANNED, RunAction.CONFIRM): RunState.PLANNED,
    (RunState.PLANNED, RunAction.DISARM): RunState.PLANNED,
    (RunState.PLANNED, RunAction.CLAIM): RunState.RUNNING,
    (RunState.RUNNING, RunAction.FINISH): RunState.DONE,
    (RunState.RUNNING, RunAction.FAIL): RunState.PLANNED,
    (RunState.RUNNING, RunAction.GIVE_UP): RunState.FAILED,
    (RunState.PLANNED, RunAction.MOVE): RunState.PLANNED,
    (
        RunState.HELD,
        RunAction.MOVE,
    ): RunState.HELD,  # the date moves, what keeps it from acting stays
    (RunState.FAILED, RunAction.MOVE): RunState.FAILED,
    (RunState.PLANNED, RunAction.HOLD): RunState.HELD,
    (RunState.HELD, RunAction.FREE): RunState.PLANNED,
    (RunState.PLANNED, RunAction.SKIP): RunState.SKIPPED,
    (RunState.FAILED, RunAction.RETRY): RunState.PLANNED,
}
OPEN_STATES = (
    RunState.PLANNED,
    RunState.RUNNING,
    RunState.HELD,
    RunState.FAILED,
)  # it may still act
DISARMING = (RunAction.DISARM, RunAction.MOVE, RunAction.HOLD, RunAction.SKIP, RunAction.RETRY)


class RunStanding(StrEnum):
    """Why a run does or does not act at a given moment."""

    OVER = "over"  # done, skipped or failed
    UNDER_WAY = "under_way"
    LEFT_BEHIND = "left_behind"  # its worker died: another may take it over
    HELD = "held"
    CLOSED = "closed"  # its campaign is not published
    EARLY = "early"
    ASSUMED = "assumed"  # its hour has come, but nobody confirmed the date (R-CAL-7)
    UNARMED = "unarmed"  # its hour has come, but two people did not say yes
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """A run as the calendar looks at it. `waits_until`: its hour, or later after a failure."""

    state: RunState
    waits_until: datetime
    lease_until: datetime | None
    is_published: bool
    is_assumed: bool
    is_agreed: bool  # two people said yes, or nobody has to


def standing_of_run(run: RunFacts, now: datetime) -> RunStanding:
    if run.state is RunState.RUNNING:
        return (
            RunStanding.LEFT_BEHIND
            if run.lease_until and run.lease_until < now
            else RunStanding.UNDER_WAY
        )
    if run.state is not RunState.PLANNED:
        return RunStanding.HELD if run.state is RunState.HELD else RunStanding.OVER
    if now < run.waits_until or not run.is_published:
        return RunStanding.EARLY if run.is_published else RunStanding.CLOSED
    if run.is_assumed:
        return RunStanding.ASSUMED
    return RunStanding.READY if run.is_agreed else RunStanding.UNARMED


def phase(opens_at: datetime, last_second: datetime, now: datetime, *, archived: bool) -> Phase:
    if archived:
        return Phase.ARCHIVED
    if now < opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if in_time(now, last_second) else Phase.CLOSED
