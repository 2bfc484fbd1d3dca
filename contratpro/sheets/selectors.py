"""Contact sheets, with what their pages show."""

from datetime import date

from contratpro.models import (
    ContactSheet,
    HomeSchoolRefusal,
    HomeSchoolSignature,
    SheetVersion,
    StudentFile,
)
from contratpro.steps.rules import CONTACT_SHEET
from contratpro.steps.selectors import rules_for

RELATED = ("student__year__school", "student__user", "company", "decided_by")


def sheet_by_ref(ref: str) -> ContactSheet | None:
    return ContactSheet.objects.select_related(*RELATED).filter(ref=ref).first()


def sheet_for(student: StudentFile) -> ContactSheet:
    """That of the student; an empty one, which no row keeps, until somebody saves it or a company is invited."""
    sheet = ContactSheet.objects.select_related(*RELATED).filter(student=student).first()
    return sheet or ContactSheet(student=student)


def due_of(student: StudentFile) -> date | None:
    """The last day of the step that sending declares, where the school has confirmed one."""
    return next((rule.due for rule in rules_for(student) if rule.key == CONTACT_SHEET), None)


def is_signed(version: SheetVersion) -> bool:
    """Whether the home school signed that version."""
    return HomeSchoolSignature.objects.filter(version=version).exists()


def home_signature_of(sheet: ContactSheet) -> HomeSchoolSignature | None:
    """Of the last version: those before it are signed for nothing."""
    last = sheet.versions.last() if sheet.pk else None
    if last is None:
        return None
    return HomeSchoolSignature.objects.select_related("scan", "link").filter(version=last).first()


def home_refusal_of(sheet: ContactSheet) -> HomeSchoolRefusal | None:
    """What the home school said against the last version, where it has not signed it all the same."""
    last = sheet.versions.last() if sheet.pk else None
    if last is None:
        return None
    return HomeSchoolRefusal.objects.filter(
        version=last, version__home_signature__isnull=True
    ).first()
