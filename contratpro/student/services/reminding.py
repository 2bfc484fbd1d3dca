"""Reminders that go by themselves, once a working day: to students, of what waits for them and of what they risk."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from common.jobs import schedule
from contratpro.models import ContractYear, StudentFile
from contratpro.states import LIVE_STUDENTS, FactState, StudentState
from contratpro.steps.selectors import firm_day, standings_of
from contratpro.student.mails import RiskDueMail, StepDueMail
from contratpro.student.rules import (
    RISK_REMINDED,
    STEP_REMINDED,
    is_reminded_of,
    reminded_today,
)
from contratpro.students.mails import to_student
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import is_working_day, year_by_slug, year_now
from notifications.mails import Mail
from notifications.queue import enqueue

JOB = "contratpro.remind"
FIRST_HOUR = 8  # in the zone of the year: nobody is reminded at night
CHUNK = 200


def order_reminders(now: datetime) -> None:
    """At each tick: order the reminders of the day, where anything is due in a year; a day orders them once."""
    for year in ContractYear.objects.filter(current_version__isnull=False):
        local = now.astimezone(year_now(year).zone)
        if local.hour >= FIRST_HOUR and _is_anything_due(year, local.date()):
            key = f"{JOB}:{year.slug}:{local.date()}"
            schedule(kind=JOB, key=key, ids={"year": year.slug}, run_at=now)


def remind_students(ids: Mapping[str, str], now: datetime) -> None:
    """Queue what is due today. A reminder that is there already is not written again."""
    year = year_by_slug(ids["year"])
    if year is None:
        return
    today = now.astimezone(year_now(year).zone).date()
    for students in _in_chunks(year):
        mails = [mail for student in students for mail in _reminders(student, today, now)]
        enqueue(mails, now=now)


def _is_anything_due(year: ContractYear, today: date) -> bool:
    """Whether a firm day of the year, in one of its departments, is near: from the file alone."""
    said = year_now(year)
    for due, before in _due_dates(said):
        for department in said.departments:
            day = firm_day(said, due, department)
            if day and reminded_today(day, before, today, is_working_day):
                return True
    return False


def _due_dates(said: YearDocument) -> Iterator[tuple[str | None, Sequence[int]]]:
    """The dates by which something is due, and how many days before them it is recalled."""
    for step in said.steps.values():
        yield step.due, STEP_REMINDED
    for condition in said.conditions.values():
        yield condition.due, RISK_REMINDED


def _in_chunks(year: ContractYear) -> Iterator[Sequence[StudentFile]]:
    over = set(StudentState) - set(LIVE_STUDENTS)
    rows = year.students.exclude(state__in=over | {StudentState.LISTED})
    ordered = rows.select_related("year__school", "user").prefetch_related("steps", "facts")
    last = 0
    while chunk := list(ordered.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _reminders(student: StudentFile, today: date, now: datetime) -> Iterator[Mail]:
    yield from _of_steps(student, today, now)
    yield from _of_risks(student, today)


def _of_steps(student: StudentFile, today: date, now: datetime) -> Iterator[Mail]:
    for step in standings_of(student, now):
        due = step.rule.due
        if due is None or not is_reminded_of(student.state, step):
            continue
        if reminded_today(due, STEP_REMINDED, today, is_working_day):
            yield StepDueMail(
                recipient=to_student(student), student=student.ref, step=step.rule.key, due=due
            )


def _of_risks(student: StudentFile, today: date) -> Iterator[Mail]:
    said = year_now(student.year)
    for fact in student.facts.all():
        condition = said.conditions.get(fact.key)
        due = firm_day(said, condition.due, student.department) if condition else None
        if due is None or fact.state is not FactState.OWN_RISK:
            continue
        if before := reminded_today(due, RISK_REMINDED, today, is_working_day):
            yield RiskDueMail(
                recipient=to_student(student),
                student=student.ref,
                condition=fact.key,
                due=due,
                before=before,
            )
