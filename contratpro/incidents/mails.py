"""Who is told of an incident, of a day that the company needs, of a breach. No mail says anything of health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import working_as
from contratpro.incidents.selectors import company_email
from contratpro.models import CompanyNeed, Incident, StudentFile
from contratpro.students.mails import (
    FIRST_LANGUAGE,
    about,
    recipient_about,
    sample_about,
    to_student,
)
from contratpro.students.permissions import head_users
from contratpro.vocabulary import Party
from notifications.mails import Context, Mail, Recipient
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_DAY, SAMPLE_OTHER_DAY = date(2025, 10, 6), date(2025, 11, 3)


class AbsenceNews(StrEnum):
    """What happened to a day that was asked for. Each is the verb of its entry in the journal."""

    ASKED = "ask"
    GRANTED = "grant"
    REFUSED = "refuse"
    CANCELLED = "cancel"


@dataclass(frozen=True, kw_only=True)
class IncidentMail(Mail):
    """About an incident, known by its reference, once to each person."""

    incident: str

    @property
    def key(self) -> str:
        return f"{self.name}:{self.incident}:{self.recipient.address}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = Incident.objects.select_related("student__year", "student__user")
        found = {row.ref: row for row in rows.filter(ref__in={mail.incident for mail in batch})}
        return [
            {
                **about(found[mail.incident].student),
                "day": found[mail.incident].starts_on,
                "reason": found[mail.incident].words,
            }
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "day": SAMPLE_DAY, "reason": "Projet arrêté d’un commun accord."}


@dataclass(frozen=True, kw_only=True)
class IncidentReportedMail(IncidentMail):
    name = "contratpro.incident_reported"
    label = _("Incident reported by a student")
    when = _("A student reports sick leave, an accident or another incident.")
    audience = Audience.STAFF


@dataclass(frozen=True, kw_only=True)
class BreachStudentMail(IncidentMail):
    name = "contratpro.breach_student"
    label = _("Contract broken, to the student")
    when = _("The contrat pro office puts the breach of a contract on record.")
    audience = Audience.STUDENT


@dataclass(frozen=True, kw_only=True)
class BreachStaffMail(IncidentMail):
    name = "contratpro.breach_staff"
    label = _("Contract broken, to the head and the school tutor")
    when = _("The contrat pro office puts the breach of a contract on record.")
    audience = Audience.STAFF


@dataclass(frozen=True, kw_only=True)
class BreachCompanyMail(IncidentMail):
    name = "contratpro.breach_company"
    label = _("Contract broken, to the company")
    when = _("The contrat pro office puts the breach of a contract on record.")
    audience = Audience.EMPLOYER


@dataclass(frozen=True, kw_only=True)
class AbsenceMail(Mail):
    """About a day that the company needs, once for each thing that happens to it and each person."""

    tells: ClassVar[Sequence[AbsenceNews]]

    absence: str
    what: AbsenceNews

    @property
    def key(self) -> str:
        return f"{self.name}:{self.absence}:{self.what}:{self.recipient.address}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = CompanyNeed.objects.select_related("student__year", "student__user")
        found = {row.ref: row for row in rows.filter(ref__in={mail.absence for mail in batch})}
        return [mail.facts(found[mail.absence]) for mail in batch]

    def facts(self, absence: CompanyNeed) -> Context:
        return {
            **about(absence.student),
            "what": self.what,
            "day": absence.day,
            "made_up_on": absence.made_up_on,
            "reason": absence.reason,
            "remarks": absence.remarks,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about(),
            "what": cls.tells[0],
            "day": SAMPLE_DAY,
            "made_up_on": SAMPLE_OTHER_DAY,
            "reason": "Mise en production chez un client.",
            "remarks": "Un contrôle est prévu ce jour-là.",
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{**cls.sample(), "what": what} for what in cls.tells]


@dataclass(frozen=True, kw_only=True)
class AbsenceWorkMail(AbsenceMail):
    name = "contratpro.absence_work"
    label = _("Absence for the company’s need, to the head")
    when = _("A day at the school is asked for the company’s need, or is needed no more.")
    audience = Audience.STAFF
    tells = (AbsenceNews.ASKED, AbsenceNews.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class AbsenceAnswerMail(AbsenceMail):
    name = "contratpro.absence_answer"
    label = _("Absence for the company’s need, to the student")
    when = _("The head of the department grants or refuses a day for the company’s need.")
    audience = Audience.STUDENT
    tells = (AbsenceNews.GRANTED, AbsenceNews.REFUSED)


def tell_reported(incident: Incident, now: datetime) -> None:
    student = incident.student
    people = working_as(student.year.school_id, Role.CONTRACT_SERVICE)
    enqueue(
        [
            IncidentReportedMail(recipient=_to(student, one), incident=incident.ref)
            for one in people
        ],
        now=now,
    )


def tell_breach(incident: Incident, now: datetime) -> list[Party]:
    """The student, the company, the heads and the school tutor. Returns who is told."""
    student = incident.student
    mails: list[Mail] = [BreachStudentMail(recipient=to_student(student), incident=incident.ref)]
    told = [Party.STUDENT]
    if address := company_email(student):
        recipient = recipient_about(student, address, FIRST_LANGUAGE)
        mails.append(BreachCompanyMail(recipient=recipient, incident=incident.ref))
        told.append(Party.COMPANY)
    tutors = [student.tutor] if student.tutor else []
    for party, people in (
        (Party.DEPARTMENT_HEAD, list(head_users(student))),
        (Party.SCHOOL_TUTOR, tutors),
    ):
        mails += [
            BreachStaffMail(recipient=_to(student, one), incident=incident.ref) for one in people
        ]
        told += [party] if people else []
    enqueue(mails, now=now)
    return told


def tell_absence(absence: CompanyNeed, what: AbsenceNews, now: datetime) -> None:
    """The heads of what waits for them, the student of what they answered."""
    student = absence.student
    if what in AbsenceAnswerMail.tells:
        recipient = to_student(student)
        mail = AbsenceAnswerMail(recipient=recipient, absence=absence.ref, what=what)
        enqueue([mail], now=now)
        return
    mails = [
        AbsenceWorkMail(recipient=_to(student, one), absence=absence.ref, what=what)
        for one in head_users(student)
    ]
    enqueue(mails, now=now)


def _to(student: StudentFile, person: User) -> Recipient:
    return recipient_about(student, person.email, person.language)
