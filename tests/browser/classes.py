"""A session of today: those whom it calls, those whom it does not. Run in the product's own settings.

`main(slug)` plans it; `main(slug, "later")` has it have begun, and been opened, twenty minutes before.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

from accounts.models import User
from contratpro.classes.rules.codes import code_at
from contratpro.classes.selectors import secret_of
from contratpro.models import ClassSession, ContractYear, StudentFile
from contratpro.states import StudentState
from contratpro.year.document.shift import shift_year
from tests.browser.contracts import SUFFIX
from tests.browser.people import account, apart
from tests.factories import accounts, classes
from tests.factories import contratpro as contracts

NOON = 12
BEGUN, LASTS = timedelta(minutes=5), timedelta(minutes=120)
LATER, SHOWN_BEFORE = timedelta(minutes=20), timedelta(minutes=5)
COURSE, OTHER_COURSE = "Ingénierie logicielle", "Apprentissage profond"
STUDENTS = {
    "apolline": ("Apolline", "Reynaud", "IL"),
    "leo": ("Léo", "Castanier", "IL"),
    "rose": ("Rose", "Malafosse", "IL"),
    "idris": ("Idris", "Benkhaled", "IASD"),
}


def main(slug: str, act: str = "plan") -> None:
    now = datetime.now(UTC)
    told = plan(slug, now) if act == "plan" else later(slug, now)
    sys.stdout.write(json.dumps(told))


def plan(slug: str, now: datetime) -> dict[str, object]:
    """The session of software engineers, planned; that of the others at the same hour, opened."""
    apart()
    year = _year(slug, now)
    office = accounts.contract_service(year.school)
    students = {name: _student(year, *said) for name, said in STUDENTS.items()}
    hours = {"starts_at": now - BEGUN, "ends_at": now - BEGUN + LASTS}
    session = classes.planned(year, office, course=COURSE, **hours)
    other = _other(year, office, hours, now)
    told = {name: _account(student) for name, student in students.items()}
    office_account = {"office": account(office)}
    return {"session": session.ref, "other": other.ref, **office_account, **told}


def later(slug: str, now: datetime) -> dict[str, str]:
    """The code that was shown some minutes ago."""
    session = ClassSession.objects.get(year__slug=slug, course=COURSE)
    assert session.opened_at, "the teacher has opened it"
    session.starts_at -= LATER
    session.ends_at -= LATER
    session.opened_at -= LATER
    session.save(update_fields=["starts_at", "ends_at", "opened_at"])
    return {"code": code_at(secret_of(session), now - SHOWN_BEFORE)}


def _year(slug: str, now: datetime) -> ContractYear:
    """At a school where it is noon: the session neither begins nor ends on another day."""
    source = contracts.firm(contracts.ales_2025_document())
    first = source.dates["first-day"].on
    assert first, "a checked year gives its first day"
    weeks = (now.date() - first).days // 7
    document = shift_year(source, weeks=weeks, slug=slug, suffix=SUFFIX)
    zone = {"zone": f"Etc/GMT{now.hour - NOON:+d}"}  # its sign is the other way round
    header = document.year.model_copy(update=zone)
    return contracts.load(document.model_copy(update={"year": header}))


def _student(year: ContractYear, first_names: str, name: str, option: str) -> StudentFile:
    named = {"first_names": first_names, "birth_name": name, "usual_name": ""}
    return contracts.student(year, StudentState.FEASIBLE, option=option, **named)


def _other(
    year: ContractYear, office: User, hours: dict[str, datetime], now: datetime
) -> ClassSession:
    groups = (("2IA", "IASD"),)
    email = "sophie.lavergne@ecole.exemple.fr"
    said = {"course": OTHER_COURSE, "teacher_name": "Sophie Lavergne", "teacher_email": email}
    session = classes.planned(year, office, groups, **said, **hours)
    keeper = classes.kept_by(classes.teacher(email), session)
    return classes.opened(session, keeper, now)


def _account(student: StudentFile) -> dict[str, str]:
    assert student.user, "the factory gives an account"
    return {**account(student.user), "ref": student.ref, "name": student.full_name}
