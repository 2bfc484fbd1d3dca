"""Steps declared, marked, returned, reopened; incidents reported; the mark of the conduct given in place of the sum.

What is done for many students is written in as many statements as for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from common.journal import SYSTEM, Actor, Stamp, note
from common.moves import move, move_all
from common.refusals import DomainError, refuse_unless, require
from contratpro.models import ContractYear, StepRecord, StudentFile
from contratpro.models.steps import NOTE_LENGTH
from contratpro.states import StepAction, StepState, StudentAction
from contratpro.steps.permissions import can_declare, can_declare_by_link
from contratpro.steps.rules import (
    INTENTION,
    TOLD,
    UNCONFIRMED,
    StepPhase,
    intends,
    is_late,
    is_out_of_order,
    may_declare,
    may_mark,
    may_override,
    may_reopen,
    may_report,
    may_return,
    may_say,
)
from contratpro.steps.selectors import (
    done_of,
    papers_of,
    rule_for,
    rules_for,
    scale_for,
    standing_of,
    today_of,
)
from contratpro.students.permissions import can_act_as_student, can_handle


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneStep:
    """What is said of a step for one student or many: on which day it was done, with which words."""

    key: str
    done_on: date
    actor: User | Actor
    now: datetime
    note: str = ""

    @property
    def stamp(self) -> Stamp:
        return Stamp.of(self.actor, self.now)


@transaction.atomic
def declare_step(
    *,
    student: StudentFile,
    key: str,
    actor: User | Actor,
    now: datetime,
    done_on: date | None = None,
    note: str = "",
) -> StepRecord:
    """Put a step on record as done, today or on that day; a student cannot say that it was earlier.

    The intention tells the contracts office, whose answer it then awaits. Declaring what is done changes nothing.
    An `Actor` holds a signed link to the student's file, which the caller has looked at. Raises LookupError for a step
    that the year does not have.
    """
    student = locked(student)
    step = standing_of(student, key, now)
    as_student = False
    if isinstance(actor, Actor):
        require(can_declare_by_link(step.rule.who))
    else:
        require(can_declare(actor, student, step.rule.who))
        as_student = bool(can_act_as_student(actor, student))
    if as_student and student.state in UNCONFIRMED:
        raise DomainError.of("identity_not_confirmed")
    today = today_of(student.year, now)
    done_on = today if as_student or done_on is None else done_on
    if step.phase not in {StepPhase.DONE, StepPhase.MARKED} or intends(student.state, key):
        refuse_unless(may_declare(step, student.state, done_on, today))
        _declare([student], DoneStep(key=key, done_on=done_on, actor=actor, now=now, note=note))
    return student.steps.get(key=key)


@transaction.atomic
def declare_by_hand(
    *,
    student: StudentFile,
    key: str,
    actor: User,
    now: datetime,
    done_on: date | None = None,
    note: str = "",
) -> StepRecord:
    """The same, by whoever says so on a page. What a paper declares, the office alone says by hand, or the tutor."""
    student = locked(student)
    paper = papers_of(student).get(key)
    as_student = bool(can_act_as_student(actor, student))
    if paper and not can_handle(actor, student.year) and not may_say(paper, as_student=as_student):
        raise DomainError.of("step_follows_its_paper")
    return declare_step(student=student, key=key, actor=actor, now=now, done_on=done_on, note=note)


@transaction.atomic
def declare_steps(
    *,
    year: ContractYear,
    refs: Sequence[str],
    key: str,
    actor: User,
    now: datetime,
    done_on: date | None = None,
    note: str = "",
) -> int:
    """Declare a step for all those of the students for whom it is to do. Returns how many they are."""
    require(can_handle(actor, year))
    day = done_on or today_of(year, now)
    said = DoneStep(key=key, done_on=day, actor=actor, now=now, note=note)
    return _declare_where_to_do(year, refs, said)


@transaction.atomic
def follow_steps(
    *, year: ContractYear, refs: Sequence[str], key: str, done_on: date, now: datetime
) -> int:
    """The same, of a step that follows from what is on record elsewhere: nobody has to say it."""
    said = DoneStep(key=key, done_on=done_on, actor=SYSTEM, now=now)
    return _declare_where_to_do(year, refs, said)


@transaction.atomic
def mark_step(
    *,
    student: StudentFile,
    key: str,
    points: int,
    actor: User,
    now: datetime,
    done_on: date | None = None,
    note: str = "",
) -> StepRecord:
    """Give a step its points, on its scale. One that nobody declared counts as done today, or on that day."""
    student = locked(student)
    require(can_handle(actor, student.year))
    today = today_of(student.year, now)
    day = done_on or today
    refuse_unless(may_mark(standing_of(student, key, now), student.state, points, day, today))
    marked = DoneStep(key=key, done_on=day, actor=actor, now=now, note=note)
    return _mark([student], marked, points)[0]


@transaction.atomic
def mark_steps(
    *,
    year: ContractYear,
    refs: Sequence[str],
    key: str,
    points: int,
    actor: User,
    now: datetime,
    done_on: date | None = None,
) -> int:
    """Give a step the same points for all those of the students whom it concerns. Returns how many they are."""
    require(can_handle(actor, year))
    today = today_of(year, now)
    day = done_on or today
    chosen = [
        student
        for student in _lock(year.students.filter(ref__in=refs))
        if may_mark(standing_of(student, key, now), student.state, points, day, today)
    ]
    _mark(chosen, DoneStep(key=key, done_on=day, actor=actor, now=now), points)
    return len(chosen)


@transaction.atomic
def return_step(
    *, student: StudentFile, key: str, reason: str, actor: User, now: datetime
) -> StepRecord:
    """Say that what was declared was not done, or not as it has to be: it is to do again, and the reason is shown."""
    student = locked(student)
    require(can_handle(actor, student.year))
    refuse_unless(may_return(standing_of(student, key, now)))
    return _undo(student, key, StepAction.RETURN, Stamp.of(actor, now, reason))


@transaction.atomic
def reopen_step(
    *, student: StudentFile, key: str, reason: str, actor: User, now: datetime
) -> StepRecord:
    """Take a mark back: the step is to do again."""
    student = locked(student)
    require(can_handle(actor, student.year))
    refuse_unless(may_reopen(standing_of(student, key, now)))
    return _undo(student, key, StepAction.REOPEN, Stamp.of(actor, now, reason))


@transaction.atomic
def report_incident(
    *,
    student: StudentFile,
    key: str,
    note: str,
    actor: User,
    now: datetime,
    done_on: date | None = None,
) -> StepRecord:
    """Put on record that an incident happened and was reported; another one is added to its words."""
    student = locked(student)
    step = standing_of(student, key, now)
    require(can_declare(actor, student, step.rule.who))
    today = today_of(student.year, now)
    day = today if can_act_as_student(actor, student) or done_on is None else done_on
    refuse_unless(may_report(step, student.state, day, today))
    reported = DoneStep(key=key, done_on=day, actor=actor, now=now, note=note)
    if step.phase in {StepPhase.DONE, StepPhase.MARKED}:
        return _report_again(student, reported)
    _declare([student], reported)
    return student.steps.get(key=key)


@transaction.atomic
def override_mark(
    *, student: StudentFile, hundredths: int, reason: str, actor: User, now: datetime
) -> StudentFile:
    """Give a mark of the conduct in place of what the steps earn, and say why."""
    student = locked(student)
    require(can_handle(actor, student.year))
    refuse_unless(may_override(hundredths, scale_for(student)))
    if not reason.strip():
        raise DomainError.of("override_without_reason")
    return _override(student, hundredths, reason, Stamp.of(actor, now, reason), "override_mark")


@transaction.atomic
def lift_override(*, student: StudentFile, reason: str, actor: User, now: datetime) -> StudentFile:
    """Let the steps make the mark again. Without a mark in their place, nothing changes."""
    student = locked(student)
    require(can_handle(actor, student.year))
    if student.override is None:
        return student
    return _override(student, None, "", Stamp.of(actor, now, reason), "lift_override")


def locked(student: StudentFile) -> StudentFile:
    """The row as it is under its lock, with its steps."""
    return _lock(StudentFile.objects.filter(pk=student.pk))[0]


def _lock(students: QuerySet[StudentFile]) -> list[StudentFile]:
    """The rows in the order of their keys, under their lock, each with its steps: four statements for any number."""
    rows = students.select_for_update(of=("self",)).select_related("year__school")
    return list(rows.prefetch_related("steps").order_by("pk"))


def _declare_where_to_do(year: ContractYear, refs: Sequence[str], said: DoneStep) -> int:
    today = today_of(year, said.now)
    chosen = [
        student
        for student in _lock(year.students.filter(ref__in=refs))
        if may_declare(standing_of(student, said.key, said.now), student.state, said.done_on, today)
    ]
    _declare(chosen, said)
    return len(chosen)


def _declare(students: Sequence[StudentFile], said: DoneStep) -> None:
    """Move the steps that are to do; where it is the intention, the students move with it."""
    records = [row for row in _records(students, said.key) if row.state is StepState.TO_DO]
    _move_as_done(records, StepAction.DECLARE, said)
    if said.key == INTENTION:
        asking = [student for student in students if student.state not in TOLD]
        move_all(asking, StudentAction.INTEND, said.stamp)


def _mark(students: Sequence[StudentFile], said: DoneStep, points: int) -> list[StepRecord]:
    """Points for each: what nobody declared is done with them, what was declared keeps its day."""
    records = _records(students, said.key)
    undone = [row for row in records if row.state is StepState.TO_DO]
    others = [row for row in records if row.state is not StepState.TO_DO]
    _move_as_done(undone, StepAction.MARK, said, points=points)
    changes = {"points": points, **({"note": said.note} if said.note else {})}
    move_all(others, StepAction.MARK, said.stamp, **changes)
    return records


def _move_as_done(
    records: Iterable[StepRecord], action: StepAction, said: DoneStep, **changes: object
) -> None:
    """Move steps to done, together those of which the same is said: late or in time, in order or not."""
    alike: dict[tuple[bool, bool], list[StepRecord]] = defaultdict(list)
    for record in records:
        alike[_late_and_out_of_order(record.student, said)].append(record)
    for (late, out_of_order), rows in alike.items():
        move_all(
            rows,
            action,
            said.stamp,
            done_on=said.done_on,
            done_by=None if isinstance(said.actor, Actor) else said.actor,
            note=said.note,
            late=late,
            out_of_order=out_of_order,
            **changes,
        )


def _late_and_out_of_order(student: StudentFile, said: DoneStep) -> tuple[bool, bool]:
    rule, done = rule_for(student, said.key), done_of(student.steps.all())
    out_of_order = is_out_of_order(
        rule, done, rules_for(student), double_degree=student.double_degree
    )
    return is_late(rule, said.done_on), out_of_order


def _records(students: Sequence[StudentFile], key: str) -> list[StepRecord]:
    """The rows of a step, in the order of the students; those that lack are written, as still to do."""
    found = {}
    for student in students:
        for row in student.steps.all():
            if row.key == key:
                found[student.pk] = row
    lacking = [StepRecord(student=row, key=key) for row in students if row.pk not in found]
    for row in StepRecord.objects.bulk_create(lacking):
        found[row.student_id] = row
    return [found[student.pk] for student in students]


def _undo(student: StudentFile, key: str, action: StepAction, stamp: Stamp) -> StepRecord:
    [record] = _records([student], key)
    move(record, action, stamp, note=stamp.reason)
    return record


def _report_again(student: StudentFile, said: DoneStep) -> StepRecord:
    """What happened once more, below what was said before; the oldest words give way where there is no room."""
    record = student.steps.get(key=said.key)
    record.note = f"{record.note}\n{said.note}".strip()[-NOTE_LENGTH:]
    record.save(update_fields=["note"])
    note(record, "report_again", said.stamp)
    return record


def _override(
    student: StudentFile, hundredths: int | None, reason: str, stamp: Stamp, verb: str
) -> StudentFile:
    student.override, student.override_reason = hundredths, reason
    student.save(update_fields=["override", "override_reason"])
    note(student, verb, stamp)
    return student
