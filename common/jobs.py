"""Jobs: rows that workers claim with a lease. A message to the broker is only a nudge."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError

from common import leases
from common.models import Job, Pulse
from common.moves import move_unnoted
from common.states import JOB_LEASE, JobAction, JobState

logger = logging.getLogger(__name__)


def nudge(task: str, *args: object) -> None:
    """Send `task` to a worker once the current transaction is committed; what was committed stands, sent or not."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[object, ...]) -> None:
    try:
        current_app.send_task(task, args)
    except (OperationalError, OSError):
        logger.warning("broker out of reach, the next tick will do %s", task)


TICK = "tick"
MAX_NUDGES = 500  # per tick: what is left waits a minute more
Handler = Callable[[Mapping[str, str], datetime], None]
Sweep = Callable[[datetime], None]
_handlers: dict[str, Handler] = {}
_sweeps: dict[str, Sweep] = {}


def register_handler(kind: str, handler: Handler) -> None:
    """Say what runs jobs of `kind`. A handler may run twice and must bear it."""
    _handlers[kind] = handler


def register_sweep(name: str, sweep: Sweep) -> None:
    """Have `sweep(now)` called at every tick; it looks for what is due, and does it once."""
    _sweeps[name] = sweep


def schedule(*, kind: str, key: str, ids: Mapping[str, str], run_at: datetime) -> None:
    """Write a job in the caller's transaction; the same key twice is one job.

    Raises LookupError for a kind that nothing handles.
    """
    _handler(kind)
    _, is_new = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "ids": dict(ids), "run_at": run_at}
    )
    if is_new:
        nudge("common.run_job", key)


def run(*, key: str, now: datetime) -> bool:
    """Run a job if it is due and free. Says whether this call ran it."""
    if not _claim(key, now):
        return False
    job = Job.objects.get(key=key)
    try:
        _handler(job.kind)(job.ids, now)
    except Exception as error:
        logger.exception("job %s failed", key)
        _fail(job, error, now)
    else:
        leases.settle(job, JobAction.FINISH)
    return True


def sweep(now: datetime) -> None:
    """Everything a tick does; one sweep that fails does not keep the others from running."""
    _give_up_on_killers(now)
    for key in (
        Job.objects.filter(_due(now)).order_by("run_at").values_list("key", flat=True)[:MAX_NUDGES]
    ):
        nudge("common.run_job", key)
    for name, look in _sweeps.items():
        try:
            look(now)
        except Exception:
            logger.exception("sweep %s failed", name)
    Pulse.objects.update_or_create(name=TICK, defaults={"at": now})


def _handler(kind: str) -> Handler:
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"no handler is registered for jobs of kind {kind!r}") from None


def _due(now: datetime) -> Q:
    left_behind = Q(state=JobState.RUNNING, lease_until__lt=now, attempts__lt=JOB_LEASE.tries)
    return Q(state=JobState.READY, run_at__lte=now) | left_behind


def _claim(key: str, now: datetime) -> bool:
    free = Job.objects.filter(_due(now), key=key)
    return leases.claim(free, JobAction.CLAIM, JOB_LEASE, now, attempts=F("attempts") + 1) == 1


def _fail(job: Job, error: Exception, now: datetime) -> None:
    reason = f"{type(error).__name__}: {error}"[:500]
    if JOB_LEASE.is_last(job.attempts):
        leases.settle(job, JobAction.GIVE_UP, last_error=reason)
        return
    again = now + JOB_LEASE.pause(job.attempts)
    leases.settle(job, JobAction.RETRY, last_error=reason, run_at=again)


def _give_up_on_killers(now: datetime) -> None:
    """Set aside the jobs whose worker died every time: the next worker would too."""
    gone = leases.left_behind(Job.objects.all(), now).filter(attempts__gte=JOB_LEASE.tries)
    if count := move_unnoted(gone, JobAction.GIVE_UP, last_error="its worker died"):
        logger.error("%d jobs given up: their worker died %d times", count, JOB_LEASE.tries)
