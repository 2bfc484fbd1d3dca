"""An installation of its own, with a mail server that counts: killed and robbed (`chaos`) or pulled both ways (`race`).

Run as a program with the variables of that installation; prints one line of JSON at its end.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from admissions.models.sealed import Decision
from campaigns.models import Campaign, MilestoneRun
from notifications.account_mails import AccountChange, AccountChangedMail
from notifications.delivery.rules import MAIL_LEASE
from notifications.delivery.services import deliver
from notifications.mails import Recipient
from notifications.models import Notification
from notifications.queue import enqueue
from tests.factories import admissions as dossiers
from tests.notifications import population
from tests.smtp import Sink, serving

PATIENCE = 120
WORKER = [
    "celery",
    "--app",
    "config",
    "--quiet",
    "worker",
    "--concurrency",
    "2",
    "--loglevel",
    "ERROR",
]
SEVENTH = 7  # one submission in seven fails after its message was written


class SlowSink(Sink):
    """Takes as long as a true mail server, so that there is something to interrupt."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


class SubmissionFailedError(Exception):
    pass


def submit(number: int) -> None:
    """A transaction that writes a message, as a submission does; some are rolled back after that."""
    mail = AccountChangedMail(
        recipient=Recipient(address=f"p{number}@example.org", language="fr"),
        request=str(number),
        change=AccountChange.PASSWORD,
    )
    with suppress(SubmissionFailedError), transaction.atomic():
        enqueue([mail], now=timezone.now())
        if number % SEVENTH == 0:
            raise SubmissionFailedError


@contextmanager
def worker() -> Iterator[None]:
    """A Celery worker, killed with its children at the end."""
    process = subprocess.Popen([sys.executable, "-m", *WORKER], start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def empty_the_broker() -> None:
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        for message in Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]).iterdir():
            message.unlink()
        return
    with current_app.connection_for_write() as connection:
        connection.default_channel.client.delete("celery", "unacked", "unacked_index")


def lose_what_the_dead_held() -> None:
    """Empty the broker, and let the leases of the dead end."""
    empty_the_broker()
    held = Notification.objects.filter(lease_until__isnull=False)
    held.update(lease_until=F("lease_until") - 2 * MAIL_LEASE.lasts)
    MilestoneRun.objects.filter(state="running").update(lease_until=timezone.now())


def tick() -> None:
    Notification.objects.filter(due_at__gt=timezone.now()).update(due_at=timezone.now())
    current_app.send_task("common.tick")


def wait_until(reached: Callable[[], bool], *, ticking: bool = False) -> None:
    until = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > until:
            raise TimeoutError(f"still {unfinished()} messages to send")
        if ticking:
            tick()
        time.sleep(0.3 if ticking else 0.05)


def wait_until_taken(sink: Sink, goal: int) -> None:
    wait_until(lambda: len(sink.taken) >= goal)


def unfinished() -> int:
    return Notification.objects.exclude(state__in=["sent", "unknown", "failed"]).count()


def chaos(sink: Sink, messages: int, kills: int) -> None:
    """Workers die while messages are written and sent."""
    for life in range(kills):
        with worker():
            for number in range(life, messages, kills):
                submit(number)
            wait_until_taken(sink, len(sink.taken) + messages // (2 * kills))
        lose_what_the_dead_held()
    with worker():
        wait_until(lambda: unfinished() == 0, ticking=True)


def receipts(sink: Sink, messages: int, kills: int) -> None:
    """Whole dossiers are submitted as candidates do, then workers die while their receipts go out."""
    dossiers.campaign()
    Campaign.objects.update(
        last_second=timezone.now() + timedelta(days=1)
    )  # or the first tick lapses the drafts
    for _ in range(messages):
        dossiers.submitted()
    for life in range(1, kills + 1):
        with worker():
            wait_until_taken(sink, messages * life // (kills + 1))
        lose_what_the_dead_held()
    with worker():
        wait_until(lambda: unfinished() == 0, ticking=True)


def decisions(sink: Sink, messages: int, kills: int) -> None:
    """A milestone announces; workers die while it does, then while its messages go out."""
    population.decided(messages)
    announcement = population.armed("file-results")
    under_way = MilestoneRun.objects.filter(pk=announcement.pk).exclude(state="planned")
    with worker():
        wait_until(
            under_way.exists, ticking=True
        )  # killed in the middle: what it wrote is rolled back
    lose_what_the_dead_held()
    for life in range(1, kills + 1):
        with worker():
            wait_until(
                lambda goal=messages * life // (kills + 1): len(sink.taken) >= goal, ticking=True
            )
        lose_what_the_dead_held()
    with worker():
        wait_until(
            lambda: under_way.filter(state="done").exists() and unfinished() == 0, ticking=True
        )


def race(sink: Sink, messages: int, deliverers: int) -> None:
    for number in range(messages):
        submit(number)
    connections.close_all()
    program = [sys.executable, "-m", "tests", "notifications.rig", "deliver"]
    processes = [subprocess.Popen(program) for _ in range(deliverers)]
    for process in processes:
        assert process.wait(PATIENCE) == 0


def report(sink: Sink) -> dict[str, int]:
    queued = set(Notification.objects.values_list("message_id", flat=True))
    delivered = Counter(sink.ids())
    return {
        "announced": Decision.objects.filter(state="announced").count(),
        "queued": len(queued),
        "delivered": len(delivered),
        "doubled": sum(times > 1 for times in delivered.values()),
        "lost": len(queued - delivered.keys()),
        "never_queued": len(delivered.keys() - queued),
        "recipients_with_two_ids": len(delivered) - len({str(mail["To"]) for mail in sink.taken}),
        "parked": Notification.objects.filter(state="unknown").count(),
        "lines": len(sink.sessions),
    }


def main(act: str, messages: str = "", times: str = "") -> None:
    if act == "deliver":
        deliver(clock=timezone.now)
        return
    Path(settings.VAR_DIR, "static").mkdir(parents=True, exist_ok=True)
    sink = SlowSink()
    with serving(sink, port=settings.EMAIL_PORT):
        {"chaos": chaos, "receipts": receipts, "decisions": decisions, "race": race}[act](
            sink, int(messages), int(times)
        )
        sys.stdout.write(json.dumps(report(sink)) + "\n")
