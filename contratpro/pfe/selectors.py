"""Final projects: their sheet and title, their defence, its reports."""

from dataclasses import dataclass
from datetime import date, datetime

from common.drafts.rules import Content
from contratpro.models import (
    Defence,
    PfeReport,
    PfeSheet,
    PfeSheetVersion,
    StudentFile,
    TrainingAgreement,
)
from contratpro.pfe.rules import (
    DefenceGround,
    last_day_of_report,
    last_working_day,
    shared_by,
)
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


@dataclass(frozen=True, slots=True)
class DefenceClash:
    """Another defence at the same hour, and what both take: the room, jurors."""

    student: StudentFile
    shared: tuple[str, ...]


def clashes_of(defence: Defence | None) -> list[DefenceClash]:
    """Those of the school that nobody can attend, or hold in one room, at once."""
    if defence is None:
        return []
    rows = Defence.objects.select_related("student").filter(
        starts_at=defence.starts_at, student__year__school=defence.student.year.school_id
    )
    return [
        DefenceClash(other.student, shared)
        for other in rows.exclude(pk=defence.pk).order_by("pk")
        if (shared := shared_by(defence.place, defence.jury, other.place, other.jury))
    ]


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
