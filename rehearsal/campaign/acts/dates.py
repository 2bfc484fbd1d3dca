"""What the calendar does by itself: two people say yes, and at its hour the run acts."""

from datetime import datetime, timedelta
from functools import partial

from campaigns.calendar.effects import needs_two_people
from campaigns.calendar.services.arming import arm_run, confirm_run, start_late_run
from campaigns.calendar.services.engine import perform_run
from campaigns.models import Milestone, MilestoneRun
from campaigns.states import RunState
from rehearsal.campaign.season import Season
from rehearsal.stage import english

ARMED, CONFIRMED = timedelta(days=2), timedelta(days=1)  # before the hour
LATE = timedelta(days=6)  # after it: what was decided too late is told
MINUTE = timedelta(minutes=1)


def plan(season: Season) -> None:
    runs = MilestoneRun.objects.filter(milestone__campaign=season.campaign, state=RunState.PLANNED)
    for run in runs.select_related("milestone").order_by("due_at"):
        _plan(season, run, english(run.milestone.title))
        if needs_two_people(run.action):
            season.agenda.plan(
                run.due_at + LATE, "", "", partial(_start_late, season, run.milestone)
            )


def _plan(season: Season, run: MilestoneRun, title: str) -> None:
    if needs_two_people(run.action):
        season.agenda.plan(run.due_at - ARMED, "", "", partial(_arm, season, run.pk))
        agreed = f"Armed and confirmed by two people: {title}"
        season.agenda.plan(
            run.due_at - CONFIRMED, "confirm", agreed, partial(_confirm, season, run.pk), dated=True
        )
    season.agenda.plan(
        run.due_at - MINUTE, run.action, f"{title}, too early", partial(_perform, run.pk)
    )
    season.agenda.plan(run.due_at, run.action, title, partial(_perform, run.pk), dated=True)
    season.agenda.plan(run.due_at + MINUTE, "", "", season.deliver)


def _arm(season: Season, run_id: int, at: datetime) -> int:
    arm_run(run_id=run_id, actor=season.cast.clerks[0], now=at)
    return 0


def _confirm(season: Season, run_id: int, at: datetime) -> int:
    confirm_run(run_id=run_id, actor=season.cast.president, now=at)
    return 2


def _perform(run_id: int, at: datetime) -> int:
    """Twice, as two schedulers would: the second finds it done."""
    if not perform_run(run_id=run_id, now=at):
        return 0
    perform_run(run_id=run_id, now=at)
    counts = MilestoneRun.objects.get(pk=run_id).counts
    return int(counts.get("announced") or counts.get("called") or max(counts.values(), default=0))


def _start_late(season: Season, milestone: Milestone, at: datetime) -> int:
    """Told by a run of its own, within the hour."""
    run = start_late_run(milestone_id=milestone.pk, actor=season.cast.clerks[0], now=at)
    arm_run(run_id=run.pk, actor=season.cast.clerks[0], now=at)
    confirm_run(run_id=run.pk, actor=season.cast.president, now=at)
    title = f"{english(milestone.title)}, decided late"
    season.agenda.plan(at + MINUTE, run.action, title, partial(_perform, run.pk), dated=True)
    season.agenda.plan(at + 2 * MINUTE, "", "", season.deliver)
    return 0
