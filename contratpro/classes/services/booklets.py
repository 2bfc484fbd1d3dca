"""The presence booklet handed in, in one act of the student; its steps follow by themselves (R-PRO-11)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import User
from common.jobs import schedule
from common.journal import Stamp, note
from common.refusals import refuse_unless, require
from common.rules import Verdict
from contratpro.classes.rules.booklets import BOOKLET, HANDED_IN, is_signed_throughout, may_hand_in
from contratpro.classes.selectors import (
    classes_to_come,
    held_of,
    signatures_by,
    unsigned_of,
)
from contratpro.models import ContractYear, StudentFile
from contratpro.states import BOUND_STUDENTS
from contratpro.steps.selectors import firm_day, has_step, is_on_record
from contratpro.steps.services import declare_step, follow_steps
from contratpro.students.permissions import can_act_as_student
from contratpro.students.services.locking import lock_student
from contratpro.year.selectors import year_by_slug, year_now

JOB = "contratpro.booklets"
A_DAY = timedelta(days=1)
FOLLOWED_FOR = timedelta(days=14)  # after the mark closes: a teacher may countersign late, on paper


@transaction.atomic
def hand_in_booklet(*, ref: str, actor: User, now: datetime) -> StudentFile:
    """Hand in the booklet as it stands: both of its steps are on record as done today. Again, nothing happens."""
    student = lock_student(ref)
    require(can_act_as_student(actor, student))
    if is_handed_in(student):
        return student
    refuse_unless(can_be_handed_in(student, now))
    note(student, "hand_in_booklet", Stamp.of(actor, now))
    for key in (BOOKLET, HANDED_IN):
        if has_step(student, key):
            declare_step(student=student, key=key, actor=actor, now=now)
    return student


def can_be_handed_in(student: StudentFile, now: datetime) -> Verdict:
    return may_hand_in(
        student.state,
        held=len(held_of(student)),
        unsigned=unsigned_of(student, now).count(),
        to_come=classes_to_come(student, now),
    )


def is_handed_in(student: StudentFile) -> bool:
    return is_on_record(student, HANDED_IN)


def order_booklets(now: datetime) -> None:
    """At each tick of the days after the mark of the conduct closes: look at the booklets, once a day."""
    for year in ContractYear.objects.filter(current_version__isnull=False):
        today = now.astimezone(year_now(year).zone).date()
        for department, day in _closed(year, today):
            key = f"{JOB}:{year.slug}:{department}:{today}"
            ids = {"year": year.slug, "department": department, "day": str(day)}
            schedule(kind=JOB, key=key, ids=ids, run_at=now)


def follow_booklets(ids: Mapping[str, str], now: datetime) -> None:
    """Whose booklet is signed throughout, as it stands on the day on which the mark closes, has done that step."""
    year = year_by_slug(ids["year"])
    if year is None or BOOKLET not in year_now(year).steps:
        return
    day = date.fromisoformat(ids["day"])
    end = datetime.combine(day + A_DAY, time(), year_now(year).zone)
    students = year.students.filter(department=ids["department"], state__in=BOUND_STUDENTS)
    signed = [
        ref
        for ref, has_held, has_unsigned in signatures_by(students, end)
        if is_signed_throughout(has_held=has_held, has_unsigned=has_unsigned)
    ]
    follow_steps(year=year, refs=signed, key=BOOKLET, done_on=day, now=now)


def _closed(year: ContractYear, today: date) -> Iterator[tuple[str, date]]:
    """The departments whose mark has closed in these days, each with its last day."""
    said = year_now(year)
    for department in said.departments:
        day = firm_day(said, said.marks.conduct.closes, department)
        if day and day < today <= day + FOLLOWED_FOR:
            yield department, day
