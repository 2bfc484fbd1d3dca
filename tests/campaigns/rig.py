"""One date of the calendar, in an installation of its own.

rig.py race     several schedulers perform it at once: in threads, or as processes where threads would share a file
rig.py killed   a worker is killed in the middle of its effect; the next one comes after its lease
rig.py worker   one worker among them; with DIES it dies in the middle instead of finishing
"""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection

from campaigns.calendar.effects import Due, Effect, register_effect
from campaigns.calendar.services.engine import perform_run
from campaigns.models import MilestoneRun
from campaigns.states import RUN_LEASE
from campaigns.vocabulary import MilestoneAction
from common.models import Job, JournalEntry
from tests.factories import campaigns

SCHEDULERS = 4
EFFECTS = 200
KIND = "tests.effect"


def effect(due: Due) -> dict[str, int]:
    """Many rows, none of which may be there twice; a worker that is to die does so half-way."""
    for number in range(EFFECTS):
        if number == EFFECTS // 2 and "DIES" in os.environ:
            os.kill(os.getpid(), signal.SIGKILL)
        Job.objects.create(kind=KIND, key=f"{due.run.attempts}:{number}", run_at=due.now)
    return {"told": EFFECTS}


def search() -> MilestoneRun:
    return MilestoneRun.objects.get(milestone__key="y1-search")


def one() -> bool:
    try:
        return perform_run(
            run_id=search().pk,
            now=search().due_at + timedelta(seconds=float(os.environ.get("LATER", "0"))),
        )
    finally:
        connection.close()


def worker(**variables: str) -> "subprocess.Popen[str]":
    program = [sys.executable, "-m", "tests", "campaigns.rig", "worker"]
    return subprocess.Popen(program, env=os.environ | variables, stdout=subprocess.PIPE, text=True)


def race() -> list[bool]:
    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(SCHEDULERS) as pool:
            return list(pool.map(lambda _: one(), range(SCHEDULERS)))
    workers = [worker() for _ in range(SCHEDULERS)]
    return [json.loads(started.communicate(timeout=90)[0].splitlines()[-1]) for started in workers]


def killed() -> dict[str, object]:
    died = worker(DIES="yes")
    died.communicate(timeout=90)
    after_death = {"signal": -died.returncode, "effects": effects(), "state": search().state}
    too_soon = json.loads(worker().communicate(timeout=90)[0].splitlines()[-1])
    later = str(RUN_LEASE.lasts.total_seconds() + 1)
    return {
        "died": after_death,
        "taken_over_before_the_lease": too_soon,
        "taken_over": json.loads(worker(LATER=later).communicate(timeout=90)[0].splitlines()[-1]),
        "again": json.loads(worker(LATER=later).communicate(timeout=90)[0].splitlines()[-1]),
    }


def effects() -> int:
    return Job.objects.filter(kind=KIND).count()


def main(act: str) -> None:
    register_effect(MilestoneAction.START_SEARCH, Effect(effect))
    if act == "worker":
        print(json.dumps(one()))  # noqa: T201
        return
    campaigns.ales_2022()
    report = {"race": race, "killed": killed}[act]()
    row = search()
    finished = JournalEntry.objects.filter(verb="finish", object_ref="y1-search").count()
    found = {
        "report": report,
        "effects": effects(),
        "state": row.state,
        "counts": row.counts,
        "finished": finished,
    }
    print(json.dumps(found))  # noqa: T201
