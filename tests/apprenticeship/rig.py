"""Approvals and releases at once on a database of its own: `python -m tests apprenticeship.rig prepare|approve|look`.

`approve N OF` approves the projects whose turn it is for worker N of OF, and for its neighbour, giving some seats back.
`open N OF` does the same while its first worker opens places. `rivals N OF` approves the projects of two programmes of
the same dossiers, those of one programme by every other worker. Prints what came of it as one line of JSON.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Count

from accounts.enums import Role
from accounts.models import User
from admissions.dossier.services.endings import withdraw_candidacy
from admissions.models import Candidacy, Seat
from admissions.places.services.pools import raise_capacity
from apprenticeship.models import JobProject
from apprenticeship.projects.services.deciding import approve_job_project
from apprenticeship.projects.services.seats import release_seat
from campaigns.models import Pool
from common.models import JournalEntry
from common.refusals import DomainError
from tests.factories import accounts
from tests.factories import apprenticeship as jobs

POOL = "infres-sr-1"
OPENED = 30
PROJECTS, RELEASED_EVERY, LEAVES_EVERY = 200, 10, 5  # every other one that leaves withdraws


def prepare() -> dict[str, object]:
    accounts.programme_head(), accounts.company_office(), accounts.school_admin()
    for number, candidacy in enumerate(jobs.many_selected(PROJECTS)):
        jobs.project(candidacy, "submitted", at=jobs.APPROVED + timedelta(seconds=number))
    return {"projects": JobProject.objects.count()}


def approve(worker: int, of: int) -> dict[str, object]:
    """What one worker does: its share of the approvals and its neighbour’s, and some releases."""
    office, head = (
        User.objects.get(grants__role=role) for role in (Role.COMPANY_OFFICE, Role.PROGRAMME_HEAD)
    )
    rows = JobProject.objects.order_by("pk").values_list("ref", "candidacy__ref")
    for number, (project_ref, candidacy_ref) in enumerate(rows):
        mine, falls = number % of == worker, number % LEAVES_EVERY == 0
        if mine or (not falls and number % of == (worker + 1) % of):
            approve_job_project(project_ref=project_ref, actor=head, now=datetime.now(UTC))
        if mine and number % RELEASED_EVERY == 0:
            release_seat(
                candidacy_ref=candidacy_ref, reason="Défaut.", actor=office, now=datetime.now(UTC)
            )
        elif mine and falls:
            _withdraw(candidacy_ref)
    return {}


def _withdraw(candidacy_ref: str) -> None:
    application = (
        Candidacy.objects.select_related("application__person__user")
        .get(ref=candidacy_ref)
        .application
    )
    owner = application.person.user
    withdraw_candidacy(
        ref=application.ref, candidacy_ref=candidacy_ref, actor=owner, now=datetime.now(UTC)
    )


def open_places(worker: int, of: int) -> dict[str, object]:
    """Approvals, while the first worker opens a place at a time and takes one back in vain."""
    if worker:
        return approve(worker - 1, of - 1)
    admin = User.objects.get(grants__role=Role.SCHOOL_ADMIN)
    raising = {
        "pool_id": Pool.objects.get(key=POOL).pk,
        "reason": "Une salle de plus.",
        "actor": admin,
    }
    for ceiling in range(23, OPENED + 1):
        raise_capacity(places=ceiling, now=datetime.now(UTC), **raising)
        with suppress(DomainError):
            raise_capacity(places=ceiling - 1, now=datetime.now(UTC), **raising)
        raise_capacity(places=ceiling, now=datetime.now(UTC), **raising)
    return {}


def prepare_rivals() -> dict[str, object]:
    accounts.programme_head()
    first = jobs.many_selected(PROJECTS // 4)
    second = jobs.also_selected(first, "BAT-1")
    for candidacy in (*first, *second):
        jobs.project(candidacy, "submitted")
    return {"projects": JobProject.objects.count()}


def rivals(worker: int, of: int) -> dict[str, object]:
    """Both projects of each dossier are approved at once: a dossier never has two places (R-PLA-5)."""
    head = User.objects.get(grants__role=Role.PROGRAMME_HEAD)
    programme = jobs.POOLED if worker % 2 else "BAT-1"
    rows = JobProject.objects.filter(candidacy__programme__code=programme).order_by(
        "candidacy__application"
    )
    for number, ref in enumerate(rows.values_list("ref", flat=True)):
        if number % (of // 2) == worker // 2:
            approve_job_project(project_ref=ref, actor=head, now=datetime.now(UTC))
    return {}


def together(act: str, count: int) -> dict[str, object]:
    """As many workers as connections, in one process."""

    def work(worker: int) -> None:
        try:
            ACTS[act](worker, count)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))
    return {}


def look() -> dict[str, object]:
    held = list(
        Seat.objects.filter(state="held").order_by("place_no").values_list("place_no", flat=True)
    )
    active = Seat.objects.filter(state__in=("held", "queued"))
    return {
        "places": held,
        "released": Seat.objects.filter(state="released").count(),
        "seats": Seat.objects.count(),
        "with two": active.count() - active.values("application").distinct().count(),
        **_replayed(),
    }


def look_at_rivals() -> dict[str, object]:
    states = Counter(JobProject.objects.values_list("state", flat=True))
    per_dossier = (
        Seat.objects.filter(state__in=("held", "queued"))
        .values("application")
        .annotate(n=Count("pk"))
    )
    return {"projects": states, "seats per dossier": Counter(row["n"] for row in per_dossier)}


def _replayed() -> dict[str, object]:
    """From the journal, which the lock on the pool has written in the order of the facts."""
    seats = {seat.ref: seat for seat in Seat.objects.all()}
    held, waiting, most, in_order, ceiling = set(), set(), 0, True, 22
    for entry in JournalEntry.objects.filter(object_type__in=("seat", "pool")).order_by("pk"):
        ref = entry.object_ref
        ceiling = entry.data.get("to", ceiling)
        if entry.verb == "rise":
            in_order &= ref == min(waiting, key=lambda one: (seats[one].asked_at, seats[one].pk))
        if entry.verb == "take":
            in_order &= not waiting
        for state, group in (("held", held), ("queued", waiting)):
            group.discard(ref)
            if entry.to_state == state:
                group.add(ref)
        most = max(most, len(held) - ceiling)
    return {"most above the places": most, "queue kept in order": in_order}


ACTS = {
    "prepare": prepare,
    "prepare-rivals": prepare_rivals,
    "approve": approve,
    "open": open_places,
    "rivals": rivals,
    "together": together,
    "look": look,
    "look-at-rivals": look_at_rivals,
}


def main(act: str, *words: str) -> None:
    numbers = [int(word) if word.isdigit() else word for word in words]
    sys.stdout.write(json.dumps(ACTS[act](*numbers)) + "\n")
