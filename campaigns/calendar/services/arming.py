"""What people do with a run: two of them say yes, one may stop it."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from campaigns.calendar.effects import may_arm, needs_two_people
from campaigns.calendar.permissions import can_run
from campaigns.calendar.services.engine import PERFORM
from campaigns.models import Milestone, MilestoneRun
from campaigns.states import OPEN_STATES, RunAction, RunState
from common.jobs import nudge
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require


def arm_run(
    *, run_id: int, actor: User, now: datetime, revision: int | None = None
) -> MilestoneRun:
    """Say yes first. With `revision`, only to the one that was shown."""
    with transaction.atomic():
        run = _to_agree_on(run_id, actor, revision)
        if run.armed_by_id == actor.pk:
            return run
        if run.armed_by_id is not None:
            raise DomainError.of("run_armed_already")
        refuse_unless(may_arm(run.milestone, now))
        move(
            run,
            RunAction.ARM,
            Stamp.of(actor, now),
            armed_by_id=actor.pk,
            armed_at=now,
        )
        return run


def confirm_run(
    *, run_id: int, actor: User, now: datetime, revision: int | None = None
) -> MilestoneRun:
    """Say yes second, as somebody else. If the hour has passed, it acts at once."""
    with transaction.atomic():
        run = _to_agree_on(run_id, actor, revision)
        if run.armed_by_id is None:
            raise DomainError.of("run_not_armed")
        if run.armed_by_id == actor.pk:
            raise DomainError.of("run_takes_two_people")
        if run.confirmed_by_id is None:
            refuse_unless(may_arm(run.milestone, now))
            stamp = Stamp.of(actor, now)
            move(run, RunAction.CONFIRM, stamp, confirmed_by_id=actor.pk, confirmed_at=now)
            _nudge_if_due(run, now)
        return run


def disarm_run(*, run_id: int, actor: User, now: datetime) -> MilestoneRun:
    """Take back what was said, by whomever."""
    with transaction.atomic():
        run = _locked_run(run_id, actor)
        if run.armed_by_id is not None:
            _move(run, RunAction.DISARM, RunState.PLANNED, Stamp.of(actor, now))
        return run


def hold_run(*, run_id: int, actor: User, now: datetime, reason: str = "") -> MilestoneRun:
    """Have it wait, whatever its hour. It is disarmed: two people look again once it is free."""
    with transaction.atomic():
        run = _locked_run(run_id, actor)
        if run.state != RunState.HELD:
            stamp = Stamp.of(actor, now, reason.strip())
            _move(run, RunAction.HOLD, RunState.PLANNED, stamp)
        return run


def free_run(*, run_id: int, actor: User, now: datetime) -> MilestoneRun:
    with transaction.atomic():
        run = _locked_run(run_id, actor)
        if run.state != RunState.PLANNED:
            _move(run, RunAction.FREE, RunState.HELD, Stamp.of(actor, now))
            _nudge_if_due(run, now)
        return run


def skip_run(*, run_id: int, actor: User, reason: str, now: datetime) -> MilestoneRun:
    """Have it never act."""
    if not reason.strip():
        raise DomainError.of("run_skipped_without_reason")
    with transaction.atomic():
        run = _locked_run(run_id, actor)
        if run.state != RunState.SKIPPED:
            stamp = Stamp.of(actor, now, reason.strip())
            _move(run, RunAction.SKIP, RunState.PLANNED, stamp)
        return run


def retry_run(*, run_id: int, actor: User, now: datetime) -> MilestoneRun:
    """Plan again what failed too often. What takes two people takes them again."""
    with transaction.atomic():
        run = _locked_run(run_id, actor)
        if run.state != RunState.PLANNED:
            fields = {"failures": 0, "next_try_at": None, "error": ""}
            _move(
                run,
                RunAction.RETRY,
                RunState.FAILED,
                Stamp.of(actor, now),
                **fields,
            )
            _nudge_if_due(run, now)
        return run


def start_late_run(*, milestone_id: int, actor: User, now: datetime) -> MilestoneRun:
    """Plan the announcement of what was decided since the milestone acted: a run of its own, that takes two people.

    Raises DomainError if one that may still act is there, or if it is not an announcement.
    """
    with transaction.atomic():
        milestones = Milestone.objects.select_for_update(of=("self",)).select_related(
            "campaign__organiser"
        )
        milestone = milestones.get(pk=milestone_id)
        require(can_run(actor, milestone.campaign))
        runs = list(MilestoneRun.objects.filter(milestone=milestone).order_by("revision"))
        if not runs or not needs_two_people(milestone.action):
            raise DomainError.of("run_takes_no_late_one")
        if any(run.state in OPEN_STATES for run in runs):
            raise DomainError.of("run_still_open")
        run = MilestoneRun(
            milestone=milestone,
            revision=runs[-1].revision + 1,
            late=True,
            action=milestone.action,
            due_at=max(now, runs[0].due_at),
        )
        begin(run, RunState.PLANNED, Stamp.of(actor, now), verb="start_late")
        return run


def _locked_run(run_id: int, actor: User) -> MilestoneRun:
    runs = MilestoneRun.objects.select_for_update(of=("self",)).select_related(
        "milestone__campaign__organiser"
    )
    run = runs.get(pk=run_id)
    require(can_run(actor, run.milestone.campaign))
    return run


def _to_agree_on(run_id: int, actor: User, revision: int | None) -> MilestoneRun:
    """A planned run that takes two people, in the revision that they saw."""
    run = _locked_run(run_id, actor)
    if not needs_two_people(run.action):
        raise DomainError.of("run_takes_nobody")
    _require(run, RunState.PLANNED)
    if revision not in {None, run.revision}:
        raise DomainError.of("run_moved_meanwhile")
    return run


def _require(run: MilestoneRun, state: RunState) -> None:
    if run.state != state:
        raise DomainError.of(f"run_is_{run.state}")


def _move(
    run: MilestoneRun, action: RunAction, source: RunState, stamp: Stamp, **fields: object
) -> None:
    _require(run, source)
    move(run, action, stamp, **fields)


def _nudge_if_due(run: MilestoneRun, now: datetime) -> None:
    if run.due_at <= now:
        nudge(PERFORM, run.pk)
