"""What milestones do, registered by the parts that do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.vocabulary import MilestoneAction
from common.rules import ALLOWED, Verdict


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone whose hour has come. `late`: it opens what was decided after the hour."""

    run: MilestoneRun
    milestone: Milestone
    campaign: Campaign
    now: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What `perform` does, in the transaction that says that it is done: what it writes is there once, or not at all.

    It may be called again after a failure that was rolled back. It must not lock the campaign: who changes the
    notice holds that row, and waits for the run. `preview` gives the same counts before the act, to those who may arm;
    `against`, what keeps them from arming.
    """

    perform: Callable[[Due], Mapping[str, int]]
    two_people: bool = False
    against: Callable[[Milestone, datetime], Verdict] | None = None
    preview: Callable[[Milestone, datetime], Mapping[str, int]] | None = None


_effects: dict[MilestoneAction, Effect] = {}


def register_effect(name: MilestoneAction, action: Effect) -> None:
    """Say what a milestone with that action does on its date."""
    _effects[name] = action


def effect_named(name: str) -> Effect | None:
    """The action, or None when no part of the product does it yet."""
    return _effects.get(MilestoneAction(name))


def needs_two_people(name: str) -> bool:
    action = effect_named(name)
    return action is not None and action.two_people


def may_arm(milestone: Milestone, now: datetime) -> Verdict:
    """Whether nothing keeps people from having a milestone act."""
    action = effect_named(milestone.action)
    return action.against(milestone, now) if action and action.against else ALLOWED
