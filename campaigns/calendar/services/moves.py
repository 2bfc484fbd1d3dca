"""The only writer of the state of a run, from its table of moves."""

from campaigns.models import MilestoneRun
from campaigns.states import DISARMING, RUN_MOVES, RunAction, RunState
from common.journal import Stamp, note
from common.rules.moves import IllegalMoveError, next_state

DISARMED = {
    "armed_by": None,
    "armed_at": None,
    "confirmed_by": None,
    "confirmed_at": None,
    "told_at": None,
}


def move_run(run: MilestoneRun, action: RunAction, stamp: Stamp, /, **fields: object) -> None:
    """Move a locked run, writing `fields` along with its state.

    Raises IllegalMoveError if somebody else moved it since it was read.
    """
    source = RunState(run.state)
    target = next_state(RUN_MOVES, source, action)
    written = {**(DISARMED if action in DISARMING else {}), **fields, "state": target.value}
    if target is not RunState.RUNNING:
        written["lease_until"] = None
    same = MilestoneRun.objects.filter(
        pk=run.pk, state=source.value, attempts=run.attempts, revision=run.revision
    )
    if same.update(**written) != 1:
        raise IllegalMoveError(f"the run is no longer {source}")
    for name, value in written.items():
        setattr(run, name, value)
    note(run, action, stamp, source=source, target=target)
