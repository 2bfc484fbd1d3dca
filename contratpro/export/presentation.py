"""What may be exported of each student: nothing that is kept apart, nothing of health, no reason of an absence."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contratpro.export.selectors import ExportedStudent
from contratpro.overview.presentation import STAGES
from contratpro.overview.rules import PaperStage
from contratpro.service.presentation import STUDENT_SIGNS
from screens.exports import ExportColumn

HOUR = Decimal(60)  # minutes
HUNDREDTH = Decimal("0.01")


def student_columns() -> tuple[ExportColumn[ExportedStudent], ...]:
    """All of them, in their order."""

    def column(key: str, heading: Promise, value: object) -> ExportColumn[ExportedStudent]:
        return ExportColumn(key=key, heading=heading, value=value)  # type: ignore[arg-type]

    return (
        column("last_name", _("Surname"), _last_name),
        column("first_names", _("First names"), lambda row: row.student.first_names),
        column("email", _("E-mail address"), lambda row: row.student.email),
        column("department", _("Department"), lambda row: row.student.department),
        column("option", _("Option"), lambda row: row.student.option),
        column("state", _("State"), lambda row: str(STUDENT_SIGNS[row.student.state].word)),
        column("sheet", _("Contact sheet"), lambda row: _stage(row.papers.sheet)),
        column("contract", _("Employment contract"), lambda row: _stage(row.papers.contract)),
        column("agreement", _("Training agreement"), lambda row: _stage(row.papers.agreement)),
        column("tutor", _("School tutor"), _tutor),
        column("mark", _("Conduct mark so far"), lambda row: row.mark),
        column("attended", _("Hours attended"), lambda row: _hours(row.hours.attended)),
        column("missed", _("Hours missed"), lambda row: _hours(row.hours.missed)),
    )


def _last_name(row: ExportedStudent) -> str:
    return row.student.usual_name or row.student.birth_name


def _tutor(row: ExportedStudent) -> str:
    """By name; by e-mail address until they have told their name."""
    tutor = row.student.tutor
    if tutor is None:
        return ""
    person = getattr(tutor, "person", None)
    return person.full_name if person else tutor.email


def _stage(stage: PaperStage) -> str:
    return str(STAGES[stage].word)


def _hours(minutes: int) -> Decimal:
    return (minutes / HOUR).quantize(HUNDREDTH)
