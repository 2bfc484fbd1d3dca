"""The hours of each student in a semester, their employer, and the certificates that were given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from contratpro.certificates.rules import CertifiedFacts, SemesterDays, may_certify
from contratpro.classes.rules.hours import between, sum_of
from contratpro.classes.selectors import held_by
from contratpro.models import (
    CertificateOrder,
    CompletionCertificate,
    ContactSheet,
    ContractYear,
    EmploymentContractVersion,
    StudentFile,
)
from contratpro.states import CertificateState, ClassState
from contratpro.year.document.schema import FIRST_DAY, LAST_DAY, YearDocument
from contratpro.year.selectors import year_now

A_DAY = timedelta(days=1)
RELATED = ("student__year__school", "student__year__current_version", "student__user", "order")


@dataclass(frozen=True, slots=True)
class SemesterStudent:
    """A student with hours in a semester, what would be certified, and the certificate if there is one."""

    student: StudentFile
    facts: CertifiedFacts
    certificate: CompletionCertificate | None


def days_of(said: YearDocument, semester: str, department: str) -> SemesterDays:
    """Its own days; without a first or a last one, those of the year."""
    found = said.curriculum.semesters[semester]
    first = found.since or said.day(FIRST_DAY, department)
    last = found.until or said.day(LAST_DAY, department)
    assert first, "a year gives its first day"
    assert last, "a year gives its last day"
    return SemesterDays(first=first, last=last)


def certificate_by_ref(ref: str) -> CompletionCertificate | None:
    rows = CompletionCertificate.objects.select_related(*RELATED, "file", "replaces", "replaced_by")
    return rows.filter(ref=ref).first()


def facts_for(student: StudentFile, semester: str) -> CertifiedFacts:
    """What would be certified of the student today."""
    employer = _employers([student]).get(student.pk, "")
    return CertifiedFacts(minutes=_minutes([student], semester)[student.pk], employer=employer)


def students_of(year: ContractYear, semester: str) -> list[SemesterStudent]:
    """Whoever has hours in the semester or a certificate of it: six statements for any number."""
    everyone = list(year.students.select_related("year"))
    minutes, employers = _minutes(everyone, semester), _employers(everyone)
    given = {row.student_id: row for row in issued_in(year, semester)}
    return [
        SemesterStudent(
            student=student,
            facts=CertifiedFacts(
                minutes=minutes[student.pk], employer=employers.get(student.pk, "")
            ),
            certificate=given.get(student.pk),
        )
        for student in everyone
        if minutes[student.pk] or student.pk in given
    ]


def to_certify(year: ContractYear, semester: str, today: date) -> list[SemesterStudent]:
    """Those of them who have no certificate yet, and may have one."""
    said = year_now(year)
    return [
        one
        for one in students_of(year, semester)
        if one.certificate is None
        and may_certify(days_of(said, semester, one.student.department), today, one.facts)
    ]


def issued_in(year: ContractYear, semester: str) -> QuerySet[CompletionCertificate]:
    rows = CompletionCertificate.objects.filter(
        student__year=year, semester=semester, state=CertificateState.ISSUED
    )
    return rows.select_related("replaces")


def certificates_of(student: StudentFile) -> QuerySet[CompletionCertificate]:
    """All of the student, the last ones first; those that were replaced too."""
    rows = CompletionCertificate.objects.filter(student=student)
    return rows.select_related("replaces", "replaced_by").order_by("-issued_in", "-number")


def last_order(year: ContractYear, semester: str) -> CertificateOrder | None:
    return CertificateOrder.objects.filter(year=year, semester=semester).first()


def unsigned_sessions(year: ContractYear, semester: str) -> int:
    """Sessions of the semester that nobody countersigned or cancelled: their hours would be missing."""
    said = year_now(year)
    department = next(iter(said.departments))
    days = days_of(said, semester, department)
    first = datetime.combine(days.first, time(), said.zone)
    last = datetime.combine(days.last + A_DAY, time(), said.zone)
    waiting = (ClassState.SCHEDULED, ClassState.OPEN)
    rows = year.classes.filter(state__in=waiting, starts_at__gte=first, starts_at__lt=last)
    return rows.count()


def _minutes(students: Sequence[StudentFile], semester: str) -> Mapping[int, int]:
    """Attended in the semester, by student."""
    if not students:
        return {}
    found = year_now(students[0].year).curriculum.semesters[semester]
    held = held_by(students)
    return {
        pk: sum_of(between(rows, found.since, found.until)).attended for pk, rows in held.items()
    }


def _employers(students: Sequence[StudentFile]) -> Mapping[int, str]:
    """That of the employment contract, else the company of the contact sheet, by student."""
    sheets = ContactSheet.objects.filter(student__in=students, company__isnull=False)
    versions = EmploymentContractVersion.objects.filter(contract__student__in=students)
    named = versions.order_by("number").values_list(
        "contract__student_id", "content__employer_name"
    )
    return {
        **dict(sheets.values_list("student_id", "company__name")),
        **{pk: name for pk, name in named if name},
    }
