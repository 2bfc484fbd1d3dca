"""People at one contact sheet at once, on a database of its own: `python -m tests contratpro.rig save|send|both|sign`.

Prints how often each outcome came, and what is kept, as one line of JSON.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

from django.db import connection

from common.drafts.rules import QuickerError, seen_of
from common.refusals import DomainError
from contratpro.models import ContactSheet, HomeSchoolSignature, SheetVersion, StepRecord
from contratpro.sheets.rules import FIELDS
from contratpro.sheets.services.signing import HomeSigner, sign_by_link
from contratpro.states import StudentState
from notifications.models import Notification
from tests.factories import contratpro as contracts
from tests.factories import sheets

AT_ONCE = 12
UNSEEN = seen_of({}, FIELDS)


def begun(*, double_degree: bool = False) -> ContactSheet:
    """A sheet that nobody has typed in, with a link to a company; its head."""
    year = contracts.confirmed_year()
    contracts.head(year)
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=double_degree)
    return sheets.invited(student)


def save() -> dict[str, object]:
    """All hold one link, and each types something else in front of the empty page."""
    link = sheets.by_link(begun())
    return {
        "outcomes": together(
            lambda number: sheets.saved(link, seen=UNSEEN, tutor_name=f"Tuteur {number}")
        ),
        "drafts": ContactSheet.objects.filter(draft__tutor_name__startswith="Tuteur").count(),
    }


def send() -> dict[str, object]:
    """The student and whoever holds the link send the same text."""
    sheet = begun()
    writers = [sheets.own(sheet.student), sheets.by_link(sheet)]
    return {
        "outcomes": together(lambda number: sheets.sent(writers[number % 2])),
        **_sent(),
    }


def both() -> dict[str, object]:
    """Through one link, half save their own text while the others send another: only what was seen is sent."""
    link = sheets.by_link(begun())
    acts = cycle((sheets.saved, sheets.sent))
    turns = [next(acts) for _ in range(AT_ONCE)]
    outcomes = together(
        lambda number: turns[number](link, seen=UNSEEN, tutor_name=f"Tuteur {number}")
    )
    sheet, version = ContactSheet.objects.get(), SheetVersion.objects.first()
    kept = version.content if version else sheet.draft
    return {
        "done": outcomes.pop("done"),
        "others": sorted(outcomes),
        "kept": str(kept["tutor_name"]).startswith("Tuteur"),
        "versions": SheetVersion.objects.count() == (sheet.state == "sent"),
    }


def sign() -> dict[str, object]:
    """Two people of the home school sign the same version by one link, several times each."""
    sheet = begun(double_degree=True)
    sheets.sent(sheets.own(sheet.student))
    link = sheets.home_link_of(sheets.asked_home(sheet.student)).pk
    signers = [HomeSigner(name=name, function="Directeur") for name in ("Rossi", "Bianchi")]

    def act(number: int) -> object:
        signer = signers[number % 2]
        return sign_by_link(link_id=link, version=1, signer=signer, now=sheets.ANSWERED)

    outcomes = together(act)
    told = Notification.objects.filter(refs__what="signed")
    return {
        "outcomes": outcomes,
        "signatures": HomeSchoolSignature.objects.count(),
        "mails": told.count(),
        "steps": StepRecord.objects.filter(key="home-school-approval", state="done").count(),
    }


def _sent() -> dict[str, object]:
    return {
        "versions": SheetVersion.objects.count(),
        "mails": Notification.objects.filter(kind="contratpro.sheet_work").count(),
        "steps": StepRecord.objects.filter(key="contact-sheet", state="done").count(),
    }


def together(command: Callable[[int], object]) -> dict[str, int]:
    """How often each outcome came: "done", "quicker", or the reason of a refusal."""
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> str:
        barrier.wait()
        try:
            command(number)
        except QuickerError:
            return "quicker"
        except DomainError as error:
            return str(error)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(Counter(pool.map(run, range(AT_ONCE))))


ACTS = {"save": save, "send": send, "both": both, "sign": sign}


def main(act: str) -> None:
    sys.stdout.write(json.dumps(ACTS[act]()) + "\n")
