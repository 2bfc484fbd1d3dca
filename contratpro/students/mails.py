"""What students and their tutors are told by e-mail, from their file and what the year says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contratpro.models import StudentFile
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now
from notifications.mails import Context, Mail, Recipient, number_of
from notifications.queue import enqueue
from notifications.states import Audience

# Of whoever has no account to say theirs: a mail to a company says all in French, then in English.
FIRST_LANGUAGE = "fr"


@dataclass(frozen=True, kw_only=True)
class StudentMail(Mail):
    """To a student of a year, known by the reference of their file."""

    audience = Audience.STUDENT

    student: str


def to_student(student: StudentFile) -> Recipient:
    """At the address of their account; until there is one, at that by which the school knows them."""
    user = student.user
    if user is None:
        return recipient_about(student, student.email, FIRST_LANGUAGE)
    return recipient_about(student, user.email, user.language)


def recipient_about(student: StudentFile, address: str, language: str) -> Recipient:
    """Whoever is written to about the student."""
    return Recipient(
        address=address,
        language=language,
        school_id=student.year.school_id,
        about=student.ref,
    )


def students_of(batch: Sequence[StudentMail]) -> dict[str, StudentFile]:
    rows = StudentFile.objects.select_related("year", "user")
    return {row.ref: row for row in rows.filter(ref__in={mail.student for mail in batch})}


def about(student: StudentFile) -> Context:
    return {
        "ref": student.ref,
        "name": student.full_name,
        "email": student.email,
        **of_year(year_now(student.year)),
    }


def of_year(said: YearDocument) -> Context:
    contact = said.year.contact
    return {
        "year": dict(said.year.title),
        "zone": said.year.zone,
        "contact": contact.model_dump(mode="json"),
        "reply_to": contact.email,
    }


def sample_about() -> Context:
    return {
        "ref": "EXEMPLE",
        "name": "Camille Exemple",
        "email": "camille@exemple.example",
        **sample_of_year(),
    }


def sample_of_year() -> Context:
    contact = {
        "service": {"fr": "Service des contrats", "en": "Contracts office"},
        "address": ["École d’exemple", "1 rue de l’Exemple", "00000 Exempleville"],
        "email": "contrats@ecole.example",
        "phones": [{"post": {"fr": "Assistance", "en": "Assistant"}, "phone": "00 00 00 00 00"}],
    }
    return {
        "year": {"fr": "Contrats pro (exemple)", "en": "Contrats pro (sample)"},
        "zone": "Europe/Paris",
        "contact": contact,
        "reply_to": contact["email"],
    }


@dataclass(frozen=True, kw_only=True)
class StudentInvitedMail(StudentMail):
    """With the page to sign up, or that to sign in where the address has an account when the mail is written."""

    name = "contratpro.invitation"
    label = _("Invitation of a student")
    when = _("The contrat pro office invites a student of its list to confirm who they are.")

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        emails = {student.email.lower() for student in students.values()}
        known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
        return [
            {**about(student), "has_account": student.email.lower() in known}
            for student in (students[mail.student] for mail in batch)
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "has_account": False}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "has_account": True}]


def tell_invitations(students: Iterable[StudentFile], now: datetime) -> None:
    """Once per student, however often they are invited."""
    mails = [StudentInvitedMail(recipient=to_student(one), student=one.ref) for one in students]
    enqueue(mails, now=now)


@dataclass(frozen=True, kw_only=True)
class TutorMail(StudentMail):
    """Once each time that another tutor is named, and for each of those concerned."""

    number: int
    person: int | None = None

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.number}:{self.person or 'student'}"


@dataclass(frozen=True, kw_only=True)
class TutorNamedMail(TutorMail):
    name = "contratpro.tutor_named"
    label = _("School tutor named, to the student")
    when = _(
        "The head of the department, or the contrat pro office, names or changes the school tutor."
    )

    tutor: str  # the address of their account; empty where there is none any more
    changed: bool

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        return [
            {**about(students[mail.student]), "tutor": mail.tutor, "changed": mail.changed}
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "tutor": "tutrice@ecole.example", "changed": False}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        named = cls.sample()
        return [named, {**named, "changed": True}, {**named, "tutor": "", "changed": True}]


@dataclass(frozen=True, kw_only=True)
class TutorWorkMail(TutorMail):
    name = "contratpro.tutor_work"
    label = _("School tutor of a student")
    when = _("Somebody is named the school tutor of a student, or another takes their place.")
    audience = Audience.STAFF

    named: bool

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        return [{**about(students[mail.student]), "named": mail.named} for mail in batch]

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "named": True}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [cls.sample(), {**cls.sample(), "named": False}]


def tell_tutor(student: StudentFile, before: User | None, now: datetime) -> None:
    """The student, whoever is named, and whoever was until now."""
    number = number_of(student, "name_tutor")
    tutor = student.tutor
    mails: list[Mail] = [
        TutorNamedMail(
            recipient=to_student(student),
            student=student.ref,
            number=number,
            tutor=tutor.email if tutor else "",
            changed=before is not None,
        )
    ]
    mails += [
        TutorWorkMail(
            recipient=recipient_about(student, user.email, user.language),
            student=student.ref,
            number=number,
            person=user.pk,
            named=user == tutor,
        )
        for user in (tutor, before)
        if user
    ]
    enqueue(mails, now=now)
