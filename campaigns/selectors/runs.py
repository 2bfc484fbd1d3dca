"""The runs of a calendar, as rules and screens look at them."""

from datetime import datetime

from campaigns.models import MilestoneRun
from campaigns.rules.enums import CampaignState
from campaigns.rules.runs import RunFacts, RunState, Standing, standing


def standing_of(run: MilestoneRun, now: datetime, *, two_people: bool) -> Standing:
    """Why a run does or does not act now. `two_people`: whether it takes two to say yes."""
    facts = RunFacts(
        state=RunState(run.state),
        waits_until=max(run.due_at, run.next_try_at or run.due_at),
        lease_until=run.lease_until,
        is_published=run.milestone.campaign.state == CampaignState.PUBLISHED.value,
        is_assumed=run.assumed,
        is_agreed=not two_people or (run.armed_at is not None and run.confirmed_at is not None),
    )
    return standing(facts, now)
