"""What a worker takes for a time: it is its own until the lease is over, then another's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from common import leases
from common.models import Job
from common.states import JOB_LEASE, JobAction

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OVER = NOW + JOB_LEASE.lasts + timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    return Job.objects.create(kind="count", key="count:1", run_at=NOW)


def claim(now: datetime = NOW) -> int:
    more = {"attempts": F("attempts") + 1}
    return leases.claim(Job.objects.all(), JobAction.CLAIM, JOB_LEASE, now, **more)


def reread() -> Job:
    return Job.objects.get(key="count:1")


def test_a_claim_lasts_as_long_as_its_lease(job):
    assert claim() == 1
    assert reread().lease_until == NOW + JOB_LEASE.lasts
    assert not leases.left_behind(Job.objects.all(), NOW + JOB_LEASE.lasts).exists()
    assert leases.left_behind(Job.objects.all(), OVER).get() == job


def test_what_became_of_it_is_written_once(job):
    claim()
    claimed = reread()

    assert leases.settle(claimed, JobAction.FINISH)
    assert not leases.settle(claimed, JobAction.RETRY)

    assert (reread().state, reread().lease_until) == ("done", None)


def test_a_worker_that_overslept_writes_nothing_over_its_successor(job):
    claim()
    overslept = reread()
    claim(OVER)

    assert not leases.settle(overslept, JobAction.FINISH)
    assert not leases.renew(overslept, JobAction.CLAIM, JOB_LEASE, OVER)

    assert (reread().state, reread().lease_until) == ("running", OVER + JOB_LEASE.lasts)


def test_a_claim_may_be_kept_for_longer(job):
    claim()
    claimed = reread()

    assert leases.renew(claimed, JobAction.CLAIM, JOB_LEASE, OVER)

    assert claimed.lease_until == reread().lease_until == OVER + JOB_LEASE.lasts


@pytest.mark.parametrize(
    ("failures", "seconds", "is_last"),
    [(1, 30, False), (2, 60, False), (5, 480, False), (6, 960, True), (9, 3600, True)],
)
def test_each_failure_waits_twice_as_long_up_to_the_last(failures, seconds, is_last):
    assert JOB_LEASE.pause(failures) == timedelta(seconds=seconds)
    assert JOB_LEASE.is_last(failures) is is_last
