"""Has what is due act once: claimed on a lease, done in one transaction with its effect."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from campaigns.calendar.effects import Due, effect_named
from campaigns.calendar.mails import tell_failed, tell_waiting
from campaigns.calendar.selectors import standing_now
from campaigns.models import MilestoneRun
from campaigns.states import RUN_LEASE, RunAction, RunStanding, RunState
from common import leases
from common.jobs import nudge
from common.journal import SYSTEM, Stamp
from common.moves import move
from common.refusals import DomainError

logger = logging.getLogger(__name__)
PERFORM = "campaigns.perform_run"
DIED = "its worker died"
TO_PERFORM = (RunStanding.READY, RunStanding.LEFT_BEHIND)
TO_TELL = (RunStanding.ASSUMED, RunStanding.UNARMED)


def sweep(now: datetime) -> None:
    """Nudge what may act; tell staff, once a revision, of what waits for them."""
    hour_has_come = Q(state=RunState.PLANNED, due_at__lte=now) | Q(
        state=RunState.RUNNING, lease_until__lt=now
    )
    for run in (
        MilestoneRun.objects.filter(hour_has_come)
        .select_related("milestone__campaign")
        .order_by("due_at")
    ):
        standing = standing_now(run, now)
        if standing in TO_PERFORM:
            nudge(PERFORM, run.pk)
        elif standing in TO_TELL and run.told_at is None:
            tell_waiting(run_id=run.pk, revision=run.revision, now=now)


def perform_run(*, run_id: int, now: datetime) -> bool:
    """Do what a run does, if it may act now and nobody else has it. Says whether this call did it."""
    claim = _claim(run_id, now)
    if claim is None:
        return False
    try:
        return _perform(claim, now)
    except Exception as error:
        logger.exception("run %d of milestone %s failed", run_id, claim.milestone)
        _fail(claim, _kind_of(error), now)
        return False


def _locked(run_id: int, *, patient: bool) -> "QuerySet[MilestoneRun]":
    """The run, locked. The impatient find nothing while somebody is at work on it, even beyond a lease."""
    rows = MilestoneRun.objects.select_for_update(of=("self",), skip_locked=not patient)
    return rows.select_related("milestone__campaign__organiser").filter(pk=run_id)


def _claimed(claim: MilestoneRun) -> MilestoneRun | None:
    """The run, if it still is on that claim. Waits: others lock it for a moment to see whether it is free."""
    rows = _locked(claim.pk, patient=True).filter(state=RunState.RUNNING)
    return rows.filter(**leases.as_claimed(claim)).first()


def _claim(run_id: int, now: datetime) -> MilestoneRun | None:
    with transaction.atomic():
        run = _locked(run_id, patient=False).first()
        if run is None:
            return None
        if standing_now(run, now) is RunStanding.LEFT_BEHIND:
            _set_back(run, DIED, now)
        if standing_now(run, now) is not RunStanding.READY:
            return None
        number = run.attempts + 1
        stamp = Stamp.of(SYSTEM, now, attempt=number)
        leases.claim_noted(run, RunAction.CLAIM, RUN_LEASE, stamp, attempts=number, started_at=now)
        return run


def _perform(claim: MilestoneRun, now: datetime) -> bool:
    with transaction.atomic():
        run = _claimed(claim)
        action = effect_named(claim.action)
        if run is None or action is None:
            return False
        milestone = run.milestone
        counts = dict(action.perform(Due(run, milestone, milestone.campaign, now, run.late)))
        stamp = Stamp.of(SYSTEM, now, counts=counts)
        move(
            run, RunAction.FINISH, stamp, counts=counts, finished_at=now, error="", next_try_at=None
        )
    return True


def _fail(claim: MilestoneRun, error: str, now: datetime) -> None:
    with transaction.atomic():
        run = _claimed(claim)
        if run:
            _set_back(run, error, now)


def _set_back(run: MilestoneRun, error: str, now: datetime) -> None:
    """To be tried again a little later, or set aside for a person after too many times."""
    failures = run.failures + 1
    stamp = Stamp.of(SYSTEM, now, error)
    if RUN_LEASE.is_last(failures):
        move(run, RunAction.GIVE_UP, stamp, failures=failures, error=error, next_try_at=None)
        tell_failed(run, now)
        return
    wait = timedelta() if error == DIED else RUN_LEASE.pause(failures)
    move(run, RunAction.FAIL, stamp, failures=failures, error=error, next_try_at=now + wait)


def _kind_of(error: Exception) -> str:
    codes = [refusal.code for refusal in error.refusals] if isinstance(error, DomainError) else []
    return " ".join([type(error).__name__, *codes])[:200]
