"""An invented action: what it was asked to do, and how it ends."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from accounts.models import User
from campaigns.calendar import effects as registry
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Campaign, MilestoneRun
from campaigns.vocabulary import MilestoneAction
from common.models import Job
from tests.factories import accounts, campaigns

LOADED = campaigns.LOADED
RESULTS_AT = datetime(
    2022, 4, 4, 8, 0, tzinfo=UTC
)  # 10:00 in Paris: the results of the file review
SEARCH_AT = datetime(2022, 5, 10, 8, 0, tzinfo=UTC)


@dataclass
class Work:
    """Writes a row at each call, so that what was rolled back can be told from what was done."""

    asked: list[Due] = field(default_factory=list)
    error: Exception | None = None

    def __call__(self, due: Due) -> dict[str, int]:
        self.asked.append(due)
        Job.objects.create(
            kind="tests.effect", key=f"effect:{due.run.pk}:{len(self.asked)}", run_at=due.now
        )
        if self.error:
            raise self.error
        return {"told": 3}

    @property
    def effects(self) -> int:
        return Job.objects.filter(kind="tests.effect").count()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture(autouse=True)
def _actions(monkeypatch, work):
    """Announcing takes two people; the search starts by itself; nothing reminds drafts."""
    preview = {"told": 12, "undecided": 2}
    registered = {
        MilestoneAction.ANNOUNCE: Effect(
            work, two_people=True, preview=lambda milestone, now: preview
        ),
        MilestoneAction.START_SEARCH: Effect(work),
    }
    monkeypatch.setattr(registry, "_effects", registered)


@pytest.fixture
def campaign(db) -> Campaign:
    return campaigns.ales_2022()


@pytest.fixture
def clerk(campaign) -> User:
    return accounts.clerk(campaign.organiser)


@pytest.fixture
def president(campaign) -> User:
    return accounts.president(campaign.organiser)


@pytest.fixture
def school_admin(campaign) -> User:
    return accounts.school_admin(campaign.organiser)


def run_of(campaign: Campaign, key: str) -> MilestoneRun:
    return MilestoneRun.objects.filter(milestone__campaign=campaign, milestone__key=key).latest(
        "revision"
    )
