"""Final projects: their sheet and title, their defence, and the lines of a year's transcript."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from common.drafts.rules import Content
from contratpro.models import (
    CompanyProject,
    ContractYear,
    Defence,
    PfeReport,
    PfeSheet,
    PfeSheetVersion,
    StudentFile,
    TrainingAgreement,
)
from contratpro.pfe.rules import DefenceGround, last_day_of_report, last_working_day
from contratpro.projects.selectors import published_marks
from contratpro.states import AgreementState
from contratpro.steps.rules import SHEET_UPDATE
from contratpro.steps.selectors import rules_for
from contratpro.year.selectors import is_working_day, year_now

RELATED = ("student__year__school", "student__user", "student__tutor")


def pfe_sheet_for(student: StudentFile) -> PfeSheet:
    """That of the student; an empty one, which no row keeps, until somebody saves it."""
    row = PfeSheet.objects.select_related(*RELATED).filter(student=student).first()
    return row or PfeSheet(student=student)


def versions_of(sheet: PfeSheet) -> list[PfeSheetVersion]:
    return list(sheet.versions.all()) if sheet.pk else []


def approved_content(student: StudentFile) -> Content:
    """What was approved last; nothing where nothing was."""
    sheet = pfe_sheet_for(student)
    version = sheet.versions.filter(number=sheet.approved).first() if sheet.approved else None
    return version.content if version else {}


def defence_of(student: StudentFile) -> Defence | None:
    rows = Defence.objects.select_related(*RELATED, "marked_by")
    return rows.filter(student=student).first()


def day_of(student: StudentFile, moment: datetime) -> date:
    """In the school's zone."""
    return moment.astimezone(year_now(student.year).zone).date()


def pfe_reports_of(defence: Defence | None) -> list[PfeReport]:
    """The last one first."""
    return list(defence.reports.select_related("file").order_by("-number")) if defence else []


def due_of_pfe_report(defence: Defence) -> date:
    """The last day on which it is in time."""
    student = defence.student
    defended_on = day_of(student, defence.starts_at)
    return last_day_of_report(
        defence.report_due, defended_on, year_now(student.year).limits.report_days
    )


def update_due(student: StudentFile) -> date | None:
    """The last day of the update, where the school has confirmed one."""
    return next((rule.due for rule in rules_for(student) if rule.key == SHEET_UPDATE), None)


def ground_of_defence(student: StudentFile) -> DefenceGround:
    """The training ends as the last agreement that all have signed says."""
    signed = TrainingAgreement.objects.filter(student=student, state=AgreementState.SIGNED)
    agreement = signed.order_by("number").last()
    ends_on = date.fromisoformat(agreement.facts["ends_on"]) if agreement else None
    return DefenceGround(
        student=student.state,
        last_day=last_working_day(ends_on, is_working_day) if ends_on else None,
        report_days=year_now(student.year).limits.report_days,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """A student in the transcript of a year: marks in hundredths, none where it is not published or given."""

    ref: str
    last_name: str
    first_names: str
    department: str
    option: str
    project_mark: int | None
    project_ects: int
    pfe_mark: int | None
    pfe_ects: int
    pfe_title: str


def transcript(year: ContractYear) -> Iterator[TranscriptLine]:
    """A line for each student who has a project or a defence, by name: three statements for any number."""
    said = year_now(year).marks
    projects = {row.student_id: row for row in CompanyProject.objects.filter(student__year=year)}
    defences = {row.student_id: row for row in Defence.objects.filter(student__year=year)}
    for student in year.students.filter(pk__in=projects.keys() | defences.keys()):
        project, defence = projects.get(student.pk), defences.get(student.pk)
        published = published_marks(project) if project else None
        yield TranscriptLine(
            ref=student.ref,
            last_name=student.usual_name or student.birth_name,
            first_names=student.first_names,
            department=student.department,
            option=student.option,
            project_mark=published.mark if published else None,
            project_ects=said.project.ects,
            pfe_mark=defence.mark if defence else None,
            pfe_ects=said.pfe.ects,
            pfe_title=defence.title if defence else "",
        )
