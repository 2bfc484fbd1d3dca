"""The runs of a calendar, as rules and screens look at them."""

from datetime import datetime

from campaigns.calendar.effects import effect_named, needs_two_people
from campaigns.models import MilestoneRun
from campaigns.states import RunFacts, RunStanding, standing_of_run
from campaigns.vocabulary import CampaignState


def standing_of(run: MilestoneRun, now: datetime, *, two_people: bool) -> RunStanding:
    """Why a run does or does not act now. `two_people`: whether it takes two to say yes."""
    facts = RunFacts(
        state=run.state,
        waits_until=max(run.due_at, run.next_try_at or run.due_at),
        lease_until=run.lease_until,
        is_published=run.milestone.campaign.state == CampaignState.PUBLISHED,
        is_assumed=run.assumed,
        is_agreed=not two_people or (run.armed_at is not None and run.confirmed_at is not None),
    )
    return standing_of_run(facts, now)


def standing_now(run: MilestoneRun, now: datetime) -> RunStanding:
    """As the rule says; what nobody has registered never acts."""
    if effect_named(run.action) is None:
        return RunStanding.HELD
    return standing_of(run, now, two_people=needs_two_people(run.action))
