"""Runs follow what the notice says of its dates."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.states import RunAction, RunState
from campaigns.vocabulary import CampaignState, MilestoneAction
from common.journal import Actor, Stamp, note
from common.moves import begin, move
from common.refusals import DomainError
from common.rules import SECOND

MOVABLE = (RunState.PLANNED, RunState.HELD, RunState.FAILED)
NOTHING_DONE = (*MOVABLE, RunState.SKIPPED)


def sync_runs(campaign: Campaign, document: CampaignDocument, stamp: Stamp) -> None:
    """Plan what a published campaign's dates do, and move what was planned to where they are now.

    What is past when it is planned is born skipped: an old notice sends nothing (domain-model.md §2.13).
    Raises DomainError if one that is under way would move.
    """
    if campaign.state != CampaignState.PUBLISHED:
        return
    milestones = Milestone.objects.filter(campaign=campaign).order_by("position")
    locked = MilestoneRun.objects.select_for_update(of=("self",)).select_related(
        "milestone__campaign"
    )
    runs: dict[int, list[MilestoneRun]] = {}
    for run in locked.filter(milestone__campaign=campaign).order_by("revision"):
        runs.setdefault(run.milestone_id, []).append(run)
    for milestone in milestones:
        milestone.campaign = campaign
        _sync(
            milestone, runs.get(milestone.pk, []), stamp, assumed=document.is_assumed(milestone.key)
        )


def drop_runs(milestones: Sequence[Milestone], *, by: Actor, now: datetime) -> None:
    """Remove the runs of milestones that leave the notice. One that acted, or is about to, stays and protects them."""
    runs = MilestoneRun.objects.select_for_update(of=("self",)).select_related(
        "milestone__campaign"
    )
    _drop(list(runs.filter(milestone__in=milestones, state__in=NOTHING_DONE)), Stamp.of(by, now))


def _sync(
    milestone: Milestone, runs: Sequence[MilestoneRun], stamp: Stamp, *, assumed: bool
) -> None:
    if not milestone.action:
        _drop([run for run in runs if run.state in NOTHING_DONE], stamp)
        return
    run = next((run for run in reversed(runs) if not run.late), None)
    if run is None or _comes_back(run, milestone, stamp.at):
        _plan(milestone, runs[-1].revision + 1 if runs else 1, stamp, assumed=assumed)
    elif run.state in MOVABLE:
        _follow(run, milestone, runs[-1].revision + 1, stamp, assumed=assumed)
    elif run.state == RunState.RUNNING and run.due_at != due_of(milestone):
        raise DomainError.of("run_is_running")


def due_of(milestone: Milestone) -> datetime:
    """When it acts: as it starts, or at its end if it has no start.

    What closes the search acts once its last second is over, for that second is still in time.
    """
    if milestone.action == MilestoneAction.CLOSE_SEARCH and milestone.ends_at:
        return milestone.ends_at + SECOND
    due_at = milestone.starts_at or milestone.ends_at
    assert due_at
    return due_at


def _comes_back(run: MilestoneRun, milestone: Milestone, now: datetime) -> bool:
    """A date that was skipped, and is now given again in the future."""
    due_at = due_of(milestone)
    return run.state == RunState.SKIPPED and run.due_at != due_at and due_at > now


def _plan(milestone: Milestone, revision: int, stamp: Stamp, *, assumed: bool) -> None:
    due_at = due_of(milestone)
    is_past = due_at <= stamp.at
    run = MilestoneRun(
        milestone=milestone,
        revision=revision,
        action=milestone.action,
        due_at=due_at,
        assumed=assumed,
    )
    if is_past:
        begin(run, RunState.SKIPPED, stamp, verb="skip")
    else:
        begin(run, RunState.PLANNED, stamp, verb="plan")


def _follow(
    run: MilestoneRun, milestone: Milestone, revision: int, stamp: Stamp, *, assumed: bool
) -> None:
    due_at = due_of(milestone)
    if (run.due_at, run.action) != (due_at, milestone.action):
        data = {
            "from": run.due_at.isoformat(),
            "to": due_at.isoformat(),
            "action": milestone.action,
        }
        moved = replace(stamp, data=data)
        fields = {
            "due_at": due_at,
            "action": milestone.action,
            "revision": revision,
            "assumed": assumed,
        }
        move(run, RunAction.MOVE, moved, **fields, next_try_at=None)
    elif run.assumed != assumed:
        run.assumed = assumed
        run.save(update_fields=["assumed"])
        note(run, "assume" if assumed else "settle", stamp, source=run.state, target=run.state)


def _drop(runs: Sequence[MilestoneRun], stamp: Stamp) -> None:
    for run in runs:
        note(run, "remove", stamp, source=run.state, target=run.state)
        run.delete()
