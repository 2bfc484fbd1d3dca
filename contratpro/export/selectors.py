"""The students of a list with what is exported of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from contratpro.classes.rules.hours import HoursSum
from contratpro.models import ContractYear, StudentFile
from contratpro.overview.rules import PaperStages
from contratpro.overview.selectors import hours_by_student, paper_stages
from contratpro.steps.rules import StepStanding, conduct_mark, mark_lines
from contratpro.steps.selectors import cohort, scale_for, today_of

HUNDREDTHS = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedStudent:
    """A student with their papers, their hours and the mark of their conduct as it stands."""

    student: StudentFile
    papers: PaperStages
    hours: HoursSum
    mark: Decimal | None


def exported_students(
    rows: QuerySet[StudentFile], year: ContractYear, now: datetime
) -> Iterator[ExportedStudent]:
    """In the order of the list: the same statements for any number."""
    steps = {one.student_id: one.steps for one in cohort(rows, year, now)}
    papers, hours = paper_stages(rows), hours_by_student(rows)
    for student in rows.select_related("tutor__person", "year"):
        if student.pk in steps:
            yield ExportedStudent(
                student=student,
                papers=papers.get(student.pk, PaperStages()),
                hours=hours.get(student.pk, HoursSum()),
                mark=_mark(student, steps[student.pk], now),
            )


def _mark(student: StudentFile, steps: tuple[StepStanding, ...], now: datetime) -> Decimal | None:
    """What was given in place of the sum, or what the steps have earned so far."""
    if student.override is not None:
        return student.override / HUNDREDTHS
    scale = scale_for(student)
    return conduct_mark(mark_lines(steps, scale, today=today_of(student.year, now)), scale)
