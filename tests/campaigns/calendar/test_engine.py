"""A run acts once, on its hour or after it, never before (R-CAL-2)."""

import logging
from datetime import timedelta

import pytest
from celery import current_app

from campaigns.calendar import selectors
from campaigns.calendar.services import engine
from campaigns.calendar.services.arming import arm_run, confirm_run
from campaigns.calendar.services.engine import perform_run, sweep
from campaigns.models import MilestoneRun
from campaigns.states import RUN_LEASE, RunState
from common.models import JournalEntry
from notifications.models import Notification
from tests.campaigns.calendar.conftest import RESULTS_AT, SEARCH_AT, run_of

pytestmark = pytest.mark.servers

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.fixture
def search(campaign) -> MilestoneRun:
    return run_of(campaign, "y1-search")


@pytest.fixture
def results(campaign) -> MilestoneRun:
    return run_of(campaign, "file-results")


@pytest.fixture
def nudged(monkeypatch, django_capture_on_commit_callbacks) -> list[int]:
    """The runs that a worker was told of."""
    told: list[int] = []
    monkeypatch.setattr(
        current_app,
        "send_task",
        lambda task, args: told.extend(args if task == engine.PERFORM else ()),
    )
    return told


@pytest.fixture
def quiet(caplog):
    with caplog.at_level(logging.CRITICAL):
        yield


def agree(run, one, other, now) -> None:
    arm_run(run_id=run.pk, actor=one, now=now)
    confirm_run(run_id=run.pk, actor=other, now=now)


def verbs(run) -> list[str]:
    entries = JournalEntry.objects.filter(object_type="milestone", object_ref=run.milestone.key)
    return list(entries.order_by("at", "pk").values_list("verb", flat=True))


def test_it_acts_at_its_hour_and_says_what_it_did(search, work):
    assert perform_run(run_id=search.pk, now=SEARCH_AT)

    search.refresh_from_db()
    assert (search.state, search.counts, search.finished_at) == (
        RunState.DONE,
        {"told": 3},
        SEARCH_AT,
    )
    assert (work.effects, work.asked[0].campaign.slug, work.asked[0].late) == (
        1,
        "ales-2022",
        False,
    )
    assert verbs(search) == ["plan", "claim", "finish"]


def test_nothing_opens_before_its_hour(search, work):
    assert not perform_run(run_id=search.pk, now=SEARCH_AT - SECOND)

    search.refresh_from_db()
    assert (search.state, work.asked) == (RunState.PLANNED, [])


def test_it_acts_once_however_often_it_is_asked(search, work):
    asked = [
        perform_run(run_id=search.pk, now=SEARCH_AT + minutes * SECOND * 60) for minutes in range(5)
    ]

    assert (asked, work.effects) == ([True, False, False, False, False], 1)


def test_a_scheduler_two_days_late_catches_up(
    search, work, nudged, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sweep(SEARCH_AT + 2 * DAY)

    assert search.pk in nudged
    assert perform_run(run_id=search.pk, now=SEARCH_AT + 2 * DAY)
    assert work.effects == 1


def test_what_failed_left_nothing_and_is_tried_again(search, work, quiet):
    work.error = ValueError("Maëlys Le Guénédal is excellent")

    assert not perform_run(run_id=search.pk, now=SEARCH_AT)

    search.refresh_from_db()
    assert (search.state, search.failures, search.error) == (RunState.PLANNED, 1, "ValueError")
    assert (search.next_try_at, work.effects) == (SEARCH_AT + 30 * SECOND, 0)
    work.error = None
    assert not perform_run(run_id=search.pk, now=SEARCH_AT + 29 * SECOND)
    assert perform_run(run_id=search.pk, now=SEARCH_AT + 30 * SECOND)
    assert work.effects == 1


def test_after_too_many_failures_staff_are_told(search, work, clerk, president, quiet):
    work.error = ValueError()
    now = SEARCH_AT
    for _ in range(RUN_LEASE.tries):
        perform_run(run_id=search.pk, now=now)
        search.refresh_from_db()
        now = search.next_try_at or now

    assert (search.state, work.effects) == (RunState.FAILED, 0)
    told = Notification.objects.filter(kind="campaigns.run_failed").values_list("to", flat=True)
    assert set(told) == {clerk.email, president.email}
    assert not perform_run(run_id=search.pk, now=now + DAY)


def test_who_outlived_the_claim_writes_nothing(search, work):
    """Fencing: a worker that slept between its claim and its work finds that another took over."""
    slow = engine._claim(search.pk, SEARCH_AT)
    later = SEARCH_AT + RUN_LEASE.lasts + SECOND

    assert perform_run(run_id=search.pk, now=later)
    assert not engine._perform(slow, later)
    assert work.effects == 1


def test_a_run_is_left_alone_while_its_lease_lasts(search, work):
    assert engine._claim(search.pk, SEARCH_AT)

    assert not perform_run(run_id=search.pk, now=SEARCH_AT + RUN_LEASE.lasts)
    assert perform_run(run_id=search.pk, now=SEARCH_AT + RUN_LEASE.lasts + SECOND)
    assert verbs(search) == ["plan", "claim", "fail", "claim", "finish"]


def test_what_nobody_does_waits(campaign, monkeypatch, work):
    monkeypatch.setattr(selectors, "effect_named", lambda name: None)

    assert not perform_run(run_id=run_of(campaign, "y1-search").pk, now=SEARCH_AT)


def test_a_campaign_that_is_withdrawn_does_nothing(search, campaign, work):
    type(campaign).objects.update(state="draft")

    assert not perform_run(run_id=search.pk, now=SEARCH_AT)


def test_an_announcement_takes_two_people(results, clerk, president, work):
    arm_run(run_id=results.pk, actor=clerk, now=RESULTS_AT - DAY)
    assert not perform_run(run_id=results.pk, now=RESULTS_AT)

    confirm_run(run_id=results.pk, actor=president, now=RESULTS_AT)
    assert perform_run(run_id=results.pk, now=RESULTS_AT)
    assert work.effects == 1


def test_it_opens_as_soon_as_it_is_confirmed_after_its_hour(
    results, clerk, president, nudged, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        agree(results, clerk, president, RESULTS_AT - SECOND)
    assert nudged == []

    other = run_of(results.milestone.campaign, "y1-results")
    with django_capture_on_commit_callbacks(execute=True):
        agree(other, clerk, president, other.due_at)
    assert nudged == [other.pk]


def test_staff_are_told_once_that_it_waits_for_them(results, clerk, president, nudged):
    sweep(RESULTS_AT - SECOND)
    assert Notification.objects.count() == 0

    sweep(RESULTS_AT)
    sweep(RESULTS_AT + DAY)

    told = Notification.objects.filter(kind="campaigns.run_waits").values_list(
        "to", "refs__why", "dedupe_key"
    )
    key = f"campaigns.run_waits:{results.pk}:1:0"
    assert sorted(told) == sorted(
        (user.email, "unarmed", f"{key}:{user.pk}") for user in (clerk, president)
    )
    results.refresh_from_db()
    assert results.state == RunState.PLANNED
