"""Two of the same command at once, on a database of its own: `python -m tests admissions.rig start|submit|give`.

Prints what came of it as one line of JSON.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Lock
from time import sleep

from django.db import connection, transaction

from accounts.models import Person, User
from admissions.announcing.services.rectifying import confirm_rectification, propose_rectification
from admissions.dossier.services import drafts
from admissions.entering.services import send_claim_link
from admissions.models import Application, Charge, DocumentFile, Submission
from admissions.models.sealed import Decision, Sitting
from admissions.sittings.services import book_slot, open_slots
from common.models import Job
from common.refusals import DomainError
from notifications.models import Notification
from tests.factories import accounts, announcing, entering, jury
from tests.factories import admissions as dossiers

AT_ONCE = 4
A_WHILE = 2  # seconds, for a command to come as far as it can


def main(act: str) -> None:
    sys.stdout.write(json.dumps(ACTS[act]()) + "\n")


def start() -> dict[str, object]:
    dossiers.campaign()
    user = accounts.UserFactory()
    outcomes = together(
        lambda: drafts.start_application(
            campaign_slug=dossiers.SLUG, actor=user, now=dossiers.STARTED
        )
    )
    return {
        "outcomes": outcomes,
        "applications": Application.objects.count(),
        "people": Person.objects.count(),
    }


def submit() -> dict[str, object]:
    application = dossiers.complete()
    outcomes = together(lambda: dossiers.submit(application))
    return {
        "outcomes": outcomes,
        "submissions": Submission.objects.count(),
        "charges": sorted(Charge.objects.values_list("cents", flat=True)),
        "receipts": Notification.objects.filter(kind="admissions.receipt").count(),
        "recaps": Job.objects.filter(kind="admissions.recap").count(),
    }


def give() -> dict[str, object]:
    """The same slot of two files filled from several tabs: never more files than it takes."""

    application = dossiers.filled()
    piece = dossiers.piece_of(application, "identity")
    return {
        "outcomes": together(lambda: dossiers.give(application, piece)),
        "files": DocumentFile.objects.count(),
    }


def decide() -> dict[str, object]:
    """Two jurors each record an outcome of the same candidacy, twice. `sittings`: those beyond what stands."""
    candidacy = jury.entered()
    turns = iter(
        [(juror, outcome) for outcome in ("standard", "rejected") for juror in [jury.member()] * 2]
    )
    lock = Lock()

    def record() -> None:
        with lock:
            juror, outcome = next(turns)
        jury.recorded(candidacy, outcome, by=juror)

    outcomes = together(record)
    return {
        "outcomes": outcomes,
        "standing": Decision.objects.filter(state="recorded").count(),
        "versions": Decision.objects.count(),
        "sittings": Sitting.objects.count()
        - Decision.objects.filter(state="recorded", outcome__key="standard").count(),
    }


def rectify() -> dict[str, object]:
    """Four people confirm the same rectification. `messages`: the first answer and the rectified one."""
    candidacy = announcing.announced("rejected")
    proposed = propose_rectification(
        candidacy_ref=candidacy.ref,
        stage_key="file",
        outcome_key="standard",
        reason="Inversion de deux dossiers.",
        actor=announcing.president(),
        now=announcing.SECOND_CALL,
    )
    clerks = iter([accounts.clerk() for _ in range(AT_ONCE)])
    lock = Lock()

    def confirm() -> None:
        with lock:
            clerk = next(clerks)
        confirm_rectification(ref=proposed.ref, actor=clerk, now=announcing.SECOND_CALL)

    return {
        "outcomes": together(confirm),
        "versions": Decision.objects.count(),
        "messages": Notification.objects.filter(kind__startswith="admissions.decision_").count(),
    }


def book() -> dict[str, object]:
    """Four candidates and a slot for two: who comes third finds it full."""
    sittings = [
        jury.called(jury.entered(stage="tests"), "second-interview") for _ in range(AT_ONCE)
    ]
    hour = datetime(2022, 4, 19, 14, 30, tzinfo=dossiers.PARIS)
    span = (hour, hour + timedelta(minutes=20))
    opening = {
        "assessment_id": sittings[0].assessment_id,
        "spans": [span],
        "capacity": 2,
        "place": "Salle 3",
    }
    [slot] = open_slots(actor=accounts.clerk(), now=jury.TOLD, **opening)
    owners = iter([(row.ref, row.candidacy.application.person.user) for row in sittings])

    def first_come() -> object:
        ref, owner = next(owners)
        return book_slot(sitting_ref=ref, slot_ref=slot.ref, actor=owner, now=jury.TOLD)

    return {"outcomes": together(first_come), "booked": Sitting.objects.filter(slot=slot).count()}


def claim() -> dict[str, object]:
    """A clerk types while the dossier is claimed, by an account without a person, then by one that has its own."""
    users = (accounts.UserFactory(), accounts.candidate())
    return {"typed": [_typed_while_claimed(user) for user in users]}


def _typed_while_claimed(user: User) -> str:
    row = entering.entered(email=f"typed-{user.email}")
    by = {"ref": row.ref, "actor": entering.clerk(), "now": entering.NOW}
    return behind(
        lambda: entering.claimed(row, user),
        lambda: drafts.save_studies(baccalaureate="S", baccalaureate_year=2016, **by),
    )


def address() -> dict[str, object]:
    """A clerk types for an address, or changes to it, while its owner signs up and begins, or another types for it."""
    entering.entered(email="moves@exemple.fr")
    return {
        "begun_behind_typed": behind(
            lambda: entering.entered(email="a@exemple.fr"), lambda: _begun("a@exemple.fr")
        ),
        "begun_behind_moved": behind(
            lambda: _written_to("b@exemple.fr"), lambda: _begun("b@exemple.fr")
        ),
        "moved_behind_typed": behind(
            lambda: entering.entered(email="c@exemple.fr"), lambda: _written_to("c@exemple.fr")
        ),
        "dossiers": Application.objects.count(),
    }


def _begun(email: str) -> None:
    user = accounts.UserFactory(email=email)
    drafts.start_application(campaign_slug=entering.SLUG, actor=user, now=entering.NOW)


def _written_to(email: str) -> None:
    row = Application.objects.order_by("pk")[0]
    later = entering.NOW + timedelta(minutes=10)
    send_claim_link(ref=row.ref, email=email, actor=entering.clerk(), now=later)


def together(command: Callable[[], object]) -> dict[str, int]:
    """How often each outcome came: "done", or the reason of a refusal."""

    barrier = Barrier(AT_ONCE)

    def run(_: int) -> str:
        barrier.wait()
        return _outcome(command)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(Counter(pool.map(run, range(AT_ONCE))))


def behind(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What comes of a command that begins when the first is done, and not committed yet."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            outcome = pool.submit(_outcome, second)
            sleep(A_WHILE)
        return outcome.result()


def _outcome(command: Callable[[], object]) -> str:
    try:
        command()
    except DomainError as error:
        return str(error)
    finally:
        connection.close()
    return "done"


ACTS = {
    "start": start,
    "submit": submit,
    "give": give,
    "decide": decide,
    "rectify": rectify,
    "book": book,
    "claim": claim,
    "address": address,
}
