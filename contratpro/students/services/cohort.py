"""Who the students of a year are: imported from a spreadsheet, added one by one, changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.journal import Stamp, note, note_all
from common.moves import begin_all
from common.refusals import DomainError
from common.rules import fold
from contratpro.models import ContractYear, StudentFile
from contratpro.states import StudentState
from contratpro.students.rules import (
    LineFate,
    PlannedLine,
    StudentLine,
    file_seen,
    plan_cohort,
    plan_seen,
)
from contratpro.students.selectors import cohort_words, known_students, said_of
from contratpro.students.services.locking import (
    lock_handled_student,
    lock_handled_year,
)

INDEXES = ("sort_key", "search_text")
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCohort:
    new: int
    changed: int
    unchanged: int
    wrong: int


def preview_cohort(
    year: ContractYear, lines: Iterable[StudentLine], now: datetime
) -> tuple[PlannedLine, ...]:
    """What importing these lines would do today. Writes nothing."""
    return plan_cohort(lines, known_students(year.students.all()), cohort_words(year, now))


def import_students(
    *, slug: str, lines: Sequence[StudentLine], seen: str, actor: User, now: datetime
) -> ImportedCohort:
    """Write what a preview showed, wrong lines left out; the same lines once more change nothing.

    Raises DomainError if they would now do anything else than what the preview said.
    """
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        plan = preview_cohort(year, lines, now)
        if plan_seen(plan) != seen:
            raise DomainError.of("cohort_changed_meanwhile")
        by_fate = {fate: [one for one in plan if one.fate is fate] for fate in LineFate}
        stamp = Stamp.of(actor, now)
        _add(year, by_fate[LineFate.NEW], stamp)
        _change(year, by_fate[LineFate.CHANGED], stamp)
        return ImportedCohort(**{fate.value: len(found) for fate, found in by_fate.items()})


def add_student(
    *, slug: str, email: str, said: Mapping[str, object], actor: User, now: datetime
) -> StudentFile:
    """One student more, as a spreadsheet of one line would. One who is there already is refused."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        email = email.lower()
        if year.students.filter(email__iexact=email).exists():
            raise DomainError.of("student_is_there", email=email)
        [planned] = preview_cohort(year, [StudentLine(line=1, email=email, said=said)], now)
        if planned.refusals:
            raise DomainError(*planned.refusals)
        [student] = _add(year, [planned], Stamp.of(actor, now))
        return student


def change_student(
    *, ref: str, said: Mapping[str, object], seen: str, actor: User, now: datetime
) -> StudentFile:
    """Write what somebody typed of a student. Raises DomainError if the file was not as they saw it."""
    with transaction.atomic():
        student = lock_handled_student(ref, actor)
        was = said_of(student)
        if file_seen(was) != seen:
            raise DomainError.of("moved_meanwhile")
        changed = [name for name, value in said.items() if value != was[name]]
        if changed:
            _refuse_unlike_the_year(student.year, said, now)
            for name in changed:
                setattr(student, name, said[name])
            write_index(student)
            student.save(update_fields=[*changed, *INDEXES])
            note(student, "change_student", Stamp.of(actor, now, fields=changed))
        return student


def write_index(student: StudentFile) -> None:
    """What lists are ordered and searched by, from the names."""
    last_name = student.usual_name or student.birth_name
    words = f"{student.first_names} {student.usual_name} {student.birth_name}"
    student.sort_key = fold(f"{last_name} {student.first_names}")[:170]
    student.search_text = fold(words)[:400]


def _refuse_unlike_the_year(year: ContractYear, said: Mapping[str, object], now: datetime) -> None:
    """A department that the year has, with an option of its own, as for a line of a spreadsheet."""
    [planned] = plan_cohort([StudentLine(line=1, email="", said=said)], [], cohort_words(year, now))
    if planned.refusals:
        raise DomainError(*planned.refusals)


def _add(year: ContractYear, plan: Iterable[PlannedLine], stamp: Stamp) -> list[StudentFile]:
    students = [
        StudentFile(year=year, email=one.email, created_at=stamp.at, **one.writes) for one in plan
    ]
    for student in students:
        write_index(student)
    begin_all(students, StudentState.LISTED, stamp, verb="list_student")
    return students


def _change(year: ContractYear, plan: Iterable[PlannedLine], stamp: Stamp) -> None:
    writes = {one.ref: one.writes for one in plan}
    students = list(year.students.filter(ref__in=writes))
    for student in students:
        for name, value in writes[student.ref].items():
            setattr(student, name, value)
        write_index(student)
    fields = {name for written in writes.values() for name in written}
    if students:
        StudentFile.objects.bulk_update(students, [*sorted(fields), *INDEXES], batch_size=BATCH)
    note_all(
        students,
        "change_student",
        stamp,
        data=lambda student: {"fields": sorted(writes[student.ref])},
    )
