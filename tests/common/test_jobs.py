"""Jobs: scheduled once, run at least once, given up in the end."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from common import jobs, tasks
from common.models import Job, Pulse
from common.states import JOB_LEASE

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LATER = NOW + JOB_LEASE.lasts + timedelta(seconds=1)
KIND = "tests.work"

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


class Work:
    """A handler that remembers what it was asked, and fails or does more when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict, datetime]] = []
        self.then = lambda: None

    def __call__(self, ids, now) -> None:
        self.asked.append((dict(ids), now))
        self.then()


@pytest.fixture(autouse=True)
def _no_sweeps(monkeypatch) -> None:
    """Only jobs: what the parts of the product look for at a tick is their tests' business."""
    monkeypatch.setattr(jobs, "_sweeps", {})


@pytest.fixture
def work(monkeypatch) -> Work:
    handler = Work()
    monkeypatch.setitem(jobs._handlers, KIND, handler)
    return handler


@pytest.fixture
def sent(monkeypatch) -> list[tuple]:
    """What goes to the broker."""
    messages: list[tuple] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: messages.append((task, args)))
    return messages


@pytest.fixture
def quiet(caplog):
    with caplog.at_level(logging.CRITICAL):
        yield


def schedule(key: str = "work:1", run_at: datetime = NOW) -> None:
    jobs.schedule(kind=KIND, key=key, ids={"application": "abc"}, run_at=run_at)


def state(key: str = "work:1") -> tuple:
    return Job.objects.values_list("state", "attempts", "lease_until").get(key=key)


def boom() -> None:
    raise ZeroDivisionError("division by zero")


def test_a_job_runs_once_with_its_ids(work):
    schedule()

    assert jobs.run(key="work:1", now=NOW) is True
    assert jobs.run(key="work:1", now=NOW) is False
    assert work.asked == [({"application": "abc"}, NOW)]
    assert state() == ("done", 1, None)


def test_the_same_key_is_one_job_even_once_done(work, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        schedule()
        schedule()
    jobs.run(key="work:1", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        schedule()

    assert jobs.run(key="work:1", now=NOW) is False
    assert len(work.asked) == 1
    assert sent == [("common.run_job", ("work:1",))]


def test_not_before_its_time(work):
    schedule(run_at=NOW + timedelta(seconds=1))

    assert jobs.run(key="work:1", now=NOW) is False
    assert jobs.run(key="work:1", now=NOW + timedelta(seconds=1)) is True


def test_a_key_that_no_job_has(work):
    assert jobs.run(key="nothing", now=NOW) is False


def test_two_workers_that_want_the_same_job(work):
    schedule()
    results = []
    work.then = lambda: results.append(jobs.run(key="work:1", now=NOW))

    assert jobs.run(key="work:1", now=NOW) is True
    assert results == [False]
    assert len(work.asked) == 1


def test_a_dead_workers_job_is_free_when_its_lease_is_over(work):
    schedule()
    assert jobs._claim("work:1", NOW)

    assert jobs.run(key="work:1", now=NOW + JOB_LEASE.lasts) is False
    assert jobs.run(key="work:1", now=LATER) is True
    assert state() == ("done", 2, None)


def test_a_worker_that_outlived_its_lease_does_not_undo_its_successors_claim(work):
    schedule()

    def overslept() -> None:
        assert jobs._claim("work:1", LATER)

    work.then = overslept
    jobs.run(key="work:1", now=NOW)

    assert state() == ("running", 2, LATER + JOB_LEASE.lasts)


def test_a_failure_is_tried_again_later(work, quiet):
    schedule()
    work.then = boom
    jobs.run(key="work:1", now=NOW)

    job = Job.objects.get()
    assert (job.state, job.lease_until, job.last_error) == (
        "ready",
        None,
        "ZeroDivisionError: division by zero",
    )
    assert job.run_at == NOW + timedelta(seconds=30)
    assert jobs.run(key="work:1", now=NOW + timedelta(seconds=29)) is False

    work.then = lambda: None
    assert jobs.run(key="work:1", now=NOW + timedelta(seconds=30)) is True
    assert state() == ("done", 2, None)


def test_in_the_end_it_is_given_up(work, quiet):
    schedule()
    work.then = boom
    now = NOW
    for _ in range(JOB_LEASE.tries):
        assert jobs.run(key="work:1", now=now) is True
        now += timedelta(hours=1)

    assert jobs.run(key="work:1", now=now) is False
    assert state() == ("failed", JOB_LEASE.tries, None)


def test_a_job_that_kills_its_worker_every_time_is_given_up(work, sent, quiet):
    schedule()
    now = NOW
    for _ in range(JOB_LEASE.tries):
        assert jobs._claim("work:1", now)
        now += JOB_LEASE.lasts + timedelta(seconds=1)

    assert jobs.run(key="work:1", now=now) is False
    jobs.sweep(now)
    assert state() == ("failed", JOB_LEASE.tries, None)
    assert Job.objects.get().last_error == "its worker died"


def test_a_kind_that_nothing_handles_is_not_scheduled():
    with pytest.raises(LookupError, match=r"tests\.unknown"):
        jobs.schedule(kind="tests.unknown", key="x", ids={}, run_at=NOW)
    assert not Job.objects.exists()


def test_a_job_of_a_kind_that_this_version_does_not_know_waits(quiet):
    Job.objects.create(kind="tests.newer", key="newer:1", run_at=NOW)

    assert jobs.run(key="newer:1", now=NOW) is True
    assert state("newer:1") == ("ready", 1, None)
    assert (
        Job.objects.get().last_error
        == "LookupError: no handler is registered for jobs of kind 'tests.newer'"
    )


def test_a_job_goes_with_the_transaction_that_schedules_it(
    work, sent, django_capture_on_commit_callbacks
):
    def fail() -> None:
        with transaction.atomic():
            schedule()
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail()

    assert not Job.objects.exists()
    assert sent == []


@pytest.mark.parametrize("error", [OperationalError("no broker"), OSError("disk full")])
def test_a_nudge_that_is_lost_loses_nothing(
    work, monkeypatch, caplog, django_capture_on_commit_callbacks, error
):
    def lose(task, args) -> None:
        raise error

    monkeypatch.setattr(current_app, "send_task", lose)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        schedule()
    assert caplog.messages == ["broker out of reach, the next tick will do common.run_job"]

    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: sent.append((task, args)))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep(NOW)
    assert ("common.run_job", ("work:1",)) in sent


def test_a_tick_nudges_what_is_due_or_was_left_behind(
    work, sent, django_capture_on_commit_callbacks
):
    schedule("due", NOW)
    schedule("future", LATER + timedelta(seconds=1))
    schedule("done", NOW)
    jobs.run(key="done", now=NOW)
    schedule("left behind", NOW - timedelta(hours=1))
    assert jobs._claim("left behind", NOW - timedelta(hours=1))
    sent.clear()

    with django_capture_on_commit_callbacks(execute=True):
        jobs.sweep(NOW)

    assert sent == [("common.run_job", ("left behind",)), ("common.run_job", ("due",))]


def test_a_sweep_that_fails_leaves_the_others_and_the_pulse(monkeypatch, quiet):
    seen = []

    def fail(now) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "_sweeps", {"bad": fail, "good": seen.append})
    jobs.sweep(NOW)

    assert seen == [NOW]
    assert Pulse.objects.values_list("name", "at").get() == ("tick", NOW)


def test_the_tasks_of_the_workers(work):
    schedule()
    with time_machine.travel(NOW, tick=False):
        tasks.run_job("work:1")
        tasks.tick()

    assert state() == ("done", 1, None)
    assert Pulse.objects.get().at == NOW
