"""A certificate in words: what the ministry's form states, from the file of a student and the hours on record."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.datafile.values import Text
from common.formats import localized
from common.refusals import say
from contratpro.certificates.rules import CertifiedFacts, SemesterDays, may_certify
from contratpro.certificates.selectors import (
    SemesterStudent,
    days_of,
    last_order,
    students_of,
    to_certify,
    unsigned_sessions,
)
from contratpro.classes.presentation.words import in_hours
from contratpro.models import CertificateOrder, CompletionCertificate, ContractYear
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """All that a certificate says. The PDF is made of it alone."""

    number: str
    school: str
    signatory: str
    post: str
    town: str
    student: str
    employer: str
    action: str
    semester: str
    first: date
    last: date
    minutes: int
    issued_on: date
    replaces: str = ""
    replaced_on: date | None = None

    @property
    def lasts(self) -> str:
        return in_hours(self.minutes)

    def kept(self) -> dict[str, object]:
        """As its row keeps it."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """A student of a semester as the office reads it."""

    found: SemesterStudent
    hours: str
    why_not: Sequence[str]
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterCertificates:
    """A semester of a year: its certificates, those still in the making, and what may be ordered."""

    key: str
    title: Text
    last: date
    lines: Sequence[CertificateLine]
    made: int
    to_order: int
    order: CertificateOrder | None
    waiting: int


def certified(row: CompletionCertificate, facts: CertifiedFacts, issued_on: date) -> Certified:
    student, order = row.student, row.order
    said = year_now(student.year)
    days = days_of(said, row.semester, student.department)
    return Certified(
        number=row.shown_number,
        school=said.year.school.name,
        signatory=order.signatory,
        post=order.post,
        town=order.town,
        student=student.full_name,
        employer=facts.employer,
        action=str(said.year.degree.title["fr"]),
        semester=str(said.curriculum.semesters[row.semester].title["fr"]),
        first=days.first,
        last=days.last,
        minutes=facts.minutes,
        issued_on=issued_on,
        replaces=row.replaces.shown_number if row.replaces else "",
        replaced_on=row.replaces.issued_at.astimezone(said.zone).date() if row.replaces else None,
    )


def semester_certificates(
    year: ContractYear, semester: str, today: date, waiting: int
) -> SemesterCertificates:
    said = year_now(year)
    found = students_of(year, semester)
    return SemesterCertificates(
        key=semester,
        title=said.curriculum.semesters[semester].title,
        last=_last(said, semester),
        lines=[_line(one, said, semester, today) for one in found],
        made=sum(one.certificate is not None for one in found),
        to_order=len(to_certify(year, semester, today)),
        order=last_order(year, semester),
        waiting=waiting,
    )


def before_ordering(year: ContractYear, semester: str, today: date) -> list[str]:
    """What is said before certificates are made."""
    count = len(to_certify(year, semester, today))
    said = [
        ngettext(
            "%(count)s certificate is made in the background, with a number, and kept as it is.",
            "%(count)s certificates are made in the background, each with a number, and kept as they are.",
            count,
        )
        % {"count": count},
        _(
            "A certificate is never made again: a correction is another one, which says which it replaces."
        ),
    ]
    if unsigned := unsigned_sessions(year, semester):
        said.append(
            ngettext(
                "%(count)s session of the semester is not countersigned: its hours would be missing.",
                "%(count)s sessions of the semester are not countersigned: their hours would be missing.",
                unsigned,
            )
            % {"count": unsigned}
        )
    return said


def before_correcting(certificate: CompletionCertificate, facts: CertifiedFacts) -> list[str]:
    return [
        _("The certificate says %(said)s; %(found)s are on record today.")
        % {"said": in_hours(certificate.minutes), "found": in_hours(facts.minutes)},
        _("Another certificate, with a number of its own, says that it replaces %(number)s.")
        % {"number": certificate.shown_number},
        _("Both are kept. Send the new one to whoever had the former."),
    ]


def semester_title(said: YearDocument, semester: str) -> str:
    return localized(said.curriculum.semesters[semester].title)


def _line(one: SemesterStudent, said: YearDocument, semester: str, today: date) -> CertificateLine:
    days: SemesterDays = days_of(said, semester, one.student.department)
    given = one.certificate
    verdict = may_certify(days, today, one.facts)
    return CertificateLine(
        found=one,
        hours=in_hours(one.facts.minutes),
        why_not=[] if given else [say(refusal) for refusal in verdict.refusals],
        differs=given is not None
        and (given.minutes, given.content["employer"]) != (one.facts.minutes, one.facts.employer),
    )


def _last(said: YearDocument, semester: str) -> date:
    return max(days_of(said, semester, department).last for department in said.departments)
