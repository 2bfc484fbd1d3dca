"""The lines of a year's transcript, and that of one student: never a mark that is not published."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from contratpro.models import ContractYear, PfeReport, ProjectReport, StudentFile
from contratpro.projects.rules import is_closed
from contratpro.projects.selectors import published_marks
from contratpro.states import BOUND_STUDENTS
from contratpro.steps.selectors import firm_day, today_of
from contratpro.transcript.rules import TranscriptGround, TranscriptLack, transcript_lacks
from contratpro.year.selectors import year_now

PROJECTS = ("company_project__evaluation", "pfe_sheet", "defence")


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """A student in the transcript of a year: marks in hundredths, none where it is not published or given."""

    ref: str
    full_name: str
    last_name: str
    first_names: str
    department: str
    option: str
    project_mark: int | None
    project_ects: int
    pfe_mark: int | None
    pfe_ects: int
    pfe_title: str
    is_bound: bool  # whether the project is under way; of the others nothing is awaited
    lacks: tuple[TranscriptLack, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.project_mark is not None and self.pfe_mark is not None

    @property
    def is_lacking(self) -> bool:
        """Whether a mark is still to come."""
        return self.is_bound and not self.is_complete


def line_of(student: StudentFile) -> TranscriptLine:
    """What is published of a student, to the student as to the service."""
    said = year_now(student.year).marks
    project, defence = getattr(student, "company_project", None), getattr(student, "defence", None)
    published = published_marks(project) if project else None
    return TranscriptLine(
        ref=student.ref,
        full_name=student.full_name,
        last_name=student.usual_name or student.birth_name,
        first_names=student.first_names,
        department=student.department,
        option=student.option,
        project_mark=published.mark if published else None,
        project_ects=said.project.ects,
        pfe_mark=defence.mark if defence else None,
        pfe_ects=said.pfe.ects,
        pfe_title=defence.title if defence else "",
        is_bound=student.state in BOUND_STUDENTS,
    )


def transcript(year: ContractYear, now: datetime) -> list[TranscriptLine]:
    """A line for each student whose project is under way, or who has one, by name: one statement for any number."""
    students = year.students.filter(
        Q(state__in=BOUND_STUDENTS) | Q(company_project__isnull=False) | Q(defence__isnull=False)
    )
    rows = students.select_related(*PROJECTS).annotate(
        has_report=Exists(ProjectReport.objects.filter(project__student=OuterRef("pk"))),
        has_pfe_report=Exists(PfeReport.objects.filter(defence__student=OuterRef("pk"))),
    )
    closed = _closed(year, now)
    lines = []
    for student in rows:
        ground = _ground(student, conduct_closed=closed(student.department), now=now)
        lines.append(replace(line_of(student), lacks=transcript_lacks(ground)))
    return lines


def _closed(year: ContractYear, now: datetime) -> Callable[[str], bool]:
    """Whether the mark of the conduct is final in a department."""
    said = year_now(year)
    today = today_of(year, now)
    return lambda department: is_closed(
        firm_day(said, said.marks.conduct.closes, department), today
    )


def _ground(student: StudentFile, *, conduct_closed: bool, now: datetime) -> TranscriptGround:
    """Of a row that says whether there are reports."""
    project = getattr(student, "company_project", None)
    evaluation = getattr(project, "evaluation", None)
    sheet, defence = getattr(student, "pfe_sheet", None), getattr(student, "defence", None)
    return TranscriptGround(
        student=student.state,
        conduct_closed=conduct_closed,
        project=project.state if project else None,
        has_report=student.has_report,  # type: ignore[attr-defined]
        evaluation=evaluation.state if evaluation else None,
        has_tutor_mark=project is not None and project.tutor_mark is not None,
        sheet=sheet.state if sheet else None,
        has_title=sheet is not None and sheet.approved is not None,
        defence=defence.state if defence else None,
        has_pfe_report=student.has_pfe_report,  # type: ignore[attr-defined]
        is_defended=defence is not None and defence.starts_at <= now,
    )
