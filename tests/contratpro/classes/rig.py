"""Students who sign at once, on a database of its own: `python -m tests contratpro.classes.rig prepare|together|look`.

Worker 0 is the teacher, who calls whoever is left and countersigns; each other one signs for its students and for its
neighbour's, twice. Prints what came of it as one line of JSON.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from django.db import connection

from accounts.models import User
from common.models import JournalEntry
from common.refusals import DomainError
from contratpro.classes.rules.signing import RollLine
from contratpro.classes.selectors import roll_of
from contratpro.classes.services.keeping import call_roll, countersign, seen_of_roll
from contratpro.models import ClassPresence, ClassSession, StudentFile
from contratpro.states import StudentState
from tests.factories import accounts, classes
from tests.factories import contratpro as contracts

STUDENTS, TIMES = 40, 2
SIGNED = classes.STARTS + timedelta(minutes=5)


def prepare() -> dict[str, object]:
    year = contracts.confirmed_year()
    office = accounts.contract_service(year.school)
    for _ in range(STUDENTS):
        contracts.student(year, StudentState.FEASIBLE)
    session = classes.planned(year, office)
    classes.opened(session, classes.kept_by(classes.teacher(), session))
    return {}


def sign(worker: int, of: int) -> dict[str, object]:
    session = ClassSession.objects.get()
    if not worker:
        return _keep(session)
    students = StudentFile.objects.select_related("user").order_by("pk")
    for number, student in enumerate(students):
        if number % (of - 1) in {worker - 1, worker % (of - 1)}:
            for _ in range(TIMES):
                with suppress(DomainError):
                    classes.signed(session, student, at=SIGNED)
    return {}


def _keep(session: ClassSession) -> dict[str, object]:
    keeper = classes.kept_by(User.objects.get(email=classes.TEACHER), session)
    while True:
        roll = roll_of(session)
        lines = [RollLine(ref=one.student.ref, found=classes.ABSENT) for one in roll[-3:]]
        with suppress(DomainError):
            call_roll(keeper=keeper, lines=lines, now=SIGNED)
        seen = seen_of_roll(roll_of(session))
        try:
            countersign(keeper=keeper, minutes=120, seen=seen, now=SIGNED)
        except DomainError:
            continue
        return {}


def together(count: int) -> dict[str, object]:
    """As many workers as connections, in one process."""

    def work(worker: int) -> None:
        try:
            sign(worker, count)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(work, range(count)))
    return {}


def look() -> dict[str, object]:
    """One row for each student, as the journal said it last; nothing signed after the teacher."""
    rows = ClassPresence.objects.select_related("student")
    acts = JournalEntry.objects.filter(object_type__in=("class_presence", "class_session"))
    closed = acts.get(verb="countersign").pk
    moved = acts.filter(object_type="class_presence", to_state__gt="").order_by("pk")
    said = {one.data["student"]: one.to_state for one in moved}
    first = acts.filter(verb__in=("sign", "call", "miss"))
    begun = Counter(first.values_list("data__student", flat=True))
    return {
        "rows": rows.count(),
        "students": rows.values("student").distinct().count(),
        "begun twice": sum(count > 1 for count in begun.values()),
        "unlike the journal": sum(said[row.student.ref] != row.state for row in rows),
        "signed after the teacher": acts.filter(verb="sign", pk__gt=closed).count(),
        "state": ClassSession.objects.get().state,
    }


def main(act: str, *words: str) -> None:
    acts = {"prepare": prepare, "look": look, "sign": sign, "together": together}
    sys.stdout.write(json.dumps(acts[act](*map(int, words))) + "\n")
