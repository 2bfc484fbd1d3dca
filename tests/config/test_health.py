from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection

from common.models import Job, Pulse
from notifications.models import Notification

NOW = datetime(2022, 3, 1, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOW, tick=False):
        yield


def ticked(ago: timedelta) -> None:
    Pulse.objects.create(name="tick", at=NOW - ago)


def test_alive_needs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert not answer.cookies


def test_ready_when_the_calendar_ticks(client, django_assert_num_queries):
    ticked(timedelta(seconds=59))
    with django_assert_num_queries(3):
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "seconds_since_tick": 59,
        "oldest_job_seconds": None,
        "oldest_message_seconds": None,
    }


@pytest.mark.parametrize(
    ("ago", "status"), [(timedelta(minutes=3), 200), (timedelta(minutes=3, seconds=1), 503)]
)
def test_a_calendar_that_stopped_is_not_ready(client, ago, status):
    ticked(ago)
    assert client.get("/readyz").status_code == status


def test_a_calendar_that_never_ticked_is_not_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["seconds_since_tick"]) == (503, None)


def test_what_has_waited_longest_is_told(client):
    ticked(timedelta(0))
    for minutes in (-1, 2, 5):
        when = NOW - timedelta(minutes=minutes)
        Job.objects.create(kind="k", key=str(minutes), run_at=when)
        Notification.objects.create(
            dedupe_key=str(minutes),
            kind="k",
            language="fr",
            to="a@b.fr",
            queued_at=when,
            due_at=when,
        )
    answer = client.get("/readyz").json()
    assert (answer["oldest_job_seconds"], answer["oldest_message_seconds"]) == (300, 300)


def test_a_database_out_of_reach_is_said(client):
    def out_of_reach(*_):
        raise DatabaseError("gone")

    with connection.execute_wrapper(out_of_reach):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "not ready", "database": "out of reach"},
    )


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_and_never_cached(client, path):
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path).headers["Cache-Control"]
