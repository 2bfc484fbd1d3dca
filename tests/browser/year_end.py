"""Two students whose contracts run, and those who work with them. Run in the product's own settings.

`main(slug)` has it be a fortnight before Christmas; `main(slug, "later")` has it be the first week of January.
"""

import json
import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from common.journal import SYSTEM
from contratpro.models import ContractYear, StepRecord, StudentFile
from contratpro.steps.services import mark_steps
from contratpro.students.services.following import name_head, name_tutor
from contratpro.year.document.schema import YearDocument
from contratpro.year.document.shift import shift_year
from contratpro.year.selectors import is_working_day, year_by_slug, year_now
from contratpro.year.services import load_contract_year
from tests.browser.contracts import SUFFIX
from tests.browser.people import account, apart
from tests.factories import accounts, agreements, classes, contracts, invoices
from tests.factories import contratpro as years

PARIS = ZoneInfo("Europe/Paris")
A_DAY = timedelta(days=1)
# A Monday of the file's own year: what is to be done by Christmas is due in that week's next one.
DECEMBER, JANUARY = date(2025, 12, 8), date(2026, 1, 5)
SINCE_CLASS, LASTED = timedelta(days=14), timedelta(hours=2)
STUDENTS = {"apolline": ("Apolline", "Reynaud"), "leo": ("Léo", "Castanier")}


def main(slug: str, act: str = "begin") -> None:
    now = datetime.now(PARIS)
    told = begin(slug, now) if act == "begin" else later(slug, now)
    sys.stdout.write(json.dumps(told))


def begin(slug: str, now: datetime) -> dict[str, object]:
    apart()
    year = years.load(_document(slug, DECEMBER, now))
    office = accounts.contract_service(year.school)
    head, tutor = accounts.UserFactory(), accounts.UserFactory()
    name_head(slug=slug, email=head.email, department="2IA", actor=office, now=now)
    students = {name: _student(year, office, *said) for name, said in STUDENTS.items()}
    for student in students.values():
        name_tutor(ref=student.ref, email=tutor.email, actor=office, now=now)
    _attend(year, office, students, now)
    _mark_papers(year, office, students)
    people = {"office": account(office), "tutor": account(tutor), "head": account(head)}
    told = {name: _account(student) for name, student in students.items()}
    return {**people, **told, "days": _days(now)}


def later(slug: str, now: datetime) -> dict[str, str]:
    """The file is loaded again, four weeks earlier, and so is what was done meanwhile: Christmas is over."""
    year = year_by_slug(slug)
    assert year, "it has begun"
    document = _document(slug, JANUARY, now)
    header = document.year.model_copy(update={"begins_in": year.begins_in})
    moved = document.model_copy(update={"year": header})
    load_contract_year(document=moved, actor=SYSTEM, now=now)
    done_today = StepRecord.objects.filter(student__year=year, done_on=now.date())
    done_today.update(done_on=now.date() - (JANUARY - DECEMBER))
    return {}


def _document(slug: str, monday: date, now: datetime) -> YearDocument:
    """The year whose week of that Monday is this week."""
    weeks = (now.date() - monday).days // 7
    source = years.firm(years.ales_2025_document())
    return shift_year(source, weeks=weeks, slug=slug, suffix=SUFFIX)


def _student(year: ContractYear, office: User, first_names: str, name: str) -> StudentFile:
    named = {"first_names": first_names, "birth_name": name, "usual_name": ""}
    return invoices.signed_papers(year, office, born_on=contracts.BORN, **named)


def _attend(
    year: ContractYear, office: User, students: dict[str, StudentFile], now: datetime
) -> None:
    """A session of the semester, signed on paper."""
    starts_at = now.replace(hour=10, minute=0, second=0, microsecond=0) - SINCE_CLASS
    session = classes.planned(year, office, starts_at=starts_at, ends_at=starts_at + LASTED)
    found = dict.fromkeys(students.values(), classes.PRESENT)
    classes.on_paper(session, office, found, at=starts_at + LASTED)


def _mark_papers(year: ContractYear, office: User, students: dict[str, StudentFile]) -> None:
    """All that is due by the first day is done in time, and has all of its points."""
    refs = [student.ref for student in students.values()]
    for key, step in year_now(year).steps.items():
        due_first = step.due in {"paperwork", "before-first-day"}
        if due_first and step.scale and not step.double_degree:
            points, at = step.scale.top, agreements.SENT
            mark_steps(year=year, refs=refs, key=key, points=points, actor=office, now=at)


def _days(now: datetime) -> dict[str, str]:
    """As they are typed."""
    today = now.date()
    away = _working_day_after(today)
    days = {
        "today": today,
        "tomorrow": today + A_DAY,
        "away": away,
        "made_up": _working_day_after(away + A_DAY),
    }
    return {name: f"{day:%d/%m/%Y}" for name, day in days.items()}


def _working_day_after(day: date) -> date:
    day += A_DAY
    return day if is_working_day(day) else _working_day_after(day)


def _account(student: StudentFile) -> dict[str, str]:
    assert student.user, "the factory gives an account"
    return {**account(student.user), "ref": student.ref, "name": student.full_name}
