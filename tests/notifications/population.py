"""Thousands of decisions that wait for their announcement: one real candidacy, and rows like it."""

from collections.abc import Sequence
from copy import copy
from itertools import cycle
from typing import TypeVar

from accounts.models import Person, User
from admissions.models import Application, Candidacy
from admissions.models.sealed import Decision
from campaigns.calendar.services.arming import arm_run, confirm_run
from campaigns.models import MilestoneRun
from common.refs import new_ref
from notifications.models import Notification
from tests.factories import accounts, announcing, jury

BATCH = 500
Row = TypeVar("Row", Application, Candidacy)


def decided(count: int) -> None:
    """Candidacies at the review of their file, each with a recorded decision: as many of each outcome."""
    like = announcing.candidacy()
    Notification.objects.all().delete()  # its receipt
    people = _people(count - 1)
    applications = _like(like.application, [_who(person) for person in people])
    candidacies = [like, *_like(like, [{"application": row} for row in applications])]
    outcomes = cycle(like.stage.outcomes.order_by("pk"))
    by = announcing.president()
    Decision.objects.bulk_create(
        [
            Decision(
                candidacy=row,
                stage=like.stage,
                outcome=outcome,
                state="recorded",
                by=by,
                recorded_at=jury.DECIDED,
            )
            for row, outcome in zip(candidacies, outcomes, strict=False)
        ],
        batch_size=BATCH,
    )


def armed(milestone: str) -> MilestoneRun:
    """The announcement of a milestone, agreed by two people. Nothing else of the calendar acts."""
    run = MilestoneRun.objects.select_related("milestone__campaign__organiser").get(
        milestone__key=milestone
    )
    MilestoneRun.objects.exclude(pk=run.pk).update(state="skipped")
    school = run.milestone.campaign.organiser
    arm_run(run_id=run.pk, actor=accounts.clerk(school), now=jury.DECIDED)
    confirm_run(run_id=run.pk, actor=accounts.president(school), now=jury.DECIDED)
    return run


def _people(count: int) -> list[Person]:
    users = [User(email=f"personne{number}@exemple.fr") for number in range(count)]
    users = User.objects.bulk_create(users, batch_size=BATCH)
    names = accounts.PEOPLE
    people = [
        Person(
            user=user,
            first_names=names[n % len(names)][0],
            birth_name=f"{names[n % len(names)][1]} {n}",
        )
        for n, user in enumerate(users)
    ]
    return Person.objects.bulk_create(people, batch_size=BATCH)


def _who(person: Person) -> dict[str, object]:
    """Whose dossier it is, as it says: it is written to at its own address."""
    said = {name: getattr(person, name) for name in ("first_names", "birth_name")}
    return {"person": person, "email": person.user.email, "last_submission": None, **said}


def _like(row: Row, changes: Sequence[dict[str, object]]) -> list[Row]:
    """Rows like that one, each under its own reference and with its own change."""
    rows = []
    for change in changes:
        twin = copy(row)
        twin._state = copy(row._state)
        twin.pk, twin.ref, twin._state.adding = None, new_ref(), True
        twin._state.fields_cache = dict(row._state.fields_cache)
        for name, value in change.items():
            setattr(twin, name, value)
        rows.append(twin)
    return type(row).objects.bulk_create(rows, batch_size=BATCH)
