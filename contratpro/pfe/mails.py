"""Who is told what of a final project: the student, the school tutor, the heads. Never a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from contratpro.models import Defence, PfeSheet, StudentFile
from contratpro.students.mails import about, recipient_about, sample_about, to_student
from contratpro.students.permissions import head_users
from notifications.mails import SAMPLE_AT, Context, Mail, number_of
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_REMARKS = "Précisez les étapes du travail."


class PfeNews(StrEnum):
    """What happened to a final project. Each is the verb of its entry in the journal."""

    SENT = "send"
    RETURNED = "return"
    APPROVED = "approve"
    PLANNED = "plan"
    REPORT_DUE = "set_report_due"
    MARKED = "mark"
    DEPOSITED = "deposit_report"


@dataclass(frozen=True, kw_only=True)
class PfeMail(Mail):
    """About the final project of a student; once for each time that it happened."""

    tells: ClassVar[Sequence[PfeNews]]

    student: str
    what: PfeNews
    number: int
    remarks: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.what}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = StudentFile.objects.select_related("year", "user", "defence")
        found = {row.ref: row for row in rows.filter(ref__in={mail.student for mail in batch})}
        return [mail.facts(found[mail.student]) for mail in batch]

    def facts(self, student: StudentFile) -> Context:
        defence = getattr(student, "defence", None)
        return {
            **about(student),
            "what": self.what,
            "remarks": self.remarks,
            "starts_at": defence.starts_at if defence else None,
            "place": defence.place if defence else "",
            "report_due": defence.report_due if defence else None,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about(),
            "what": cls.tells[0],
            "remarks": SAMPLE_REMARKS,
            "starts_at": SAMPLE_AT,
            "place": "Salle A12",
            "report_due": SAMPLE_AT.date(),
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{**cls.sample(), "what": one} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class PfeNewsMail(PfeMail):
    name = "contratpro.pfe_news"
    label = _("News of the final project, to the student")
    when = _("The sheet is answered, the defence planned, its report given a day, its mark given.")
    audience = Audience.STUDENT
    tells = (
        PfeNews.APPROVED,
        PfeNews.RETURNED,
        PfeNews.PLANNED,
        PfeNews.REPORT_DUE,
        PfeNews.MARKED,
    )


@dataclass(frozen=True, kw_only=True)
class PfeWorkMail(PfeMail):
    name = "contratpro.pfe_work"
    label = _("Final project, to the school tutor and the heads")
    when = _(
        "A student sends the sheet of the final project, or its defence is planned: to the school tutor. "
        "Its report is deposited: to the heads too."
    )
    audience = Audience.STAFF
    tells = (PfeNews.SENT, PfeNews.PLANNED, PfeNews.DEPOSITED)

    late: bool | None = None
    person: int | None = None  # one of several who are told the same

    @property
    def key(self) -> str:
        return f"{super().key}:{self.person}" if self.person else super().key

    def facts(self, student: StudentFile) -> Context:
        return {**super().facts(student), "late": bool(self.late)}

    @classmethod
    def sample(cls) -> Context:
        return {**super().sample(), "late": True}


def tell_student(row: PfeSheet | Defence, what: PfeNews, now: datetime, remarks: str = "") -> None:
    student = row.student
    mail = PfeNewsMail(
        recipient=to_student(student),
        student=student.ref,
        what=what,
        number=number_of(row, what),
        remarks=remarks,
    )
    enqueue([mail], now=now)


def tell_tutor(row: PfeSheet | Defence, what: PfeNews, now: datetime) -> None:
    """Nobody where no school tutor is named."""
    student = row.student
    tutor = student.tutor
    if tutor is None:
        return
    recipient = recipient_about(student, tutor.email, tutor.language)
    mail = PfeWorkMail(
        recipient=recipient, student=student.ref, what=what, number=number_of(row, what)
    )
    enqueue([mail], now=now)


def tell_followers(defence: Defence, what: PfeNews, now: datetime, *, late: bool) -> None:
    """The school tutor and the heads of the student, each once."""
    student = defence.student
    people = {person.pk: person for person in (student.tutor, *head_users(student)) if person}
    number = number_of(defence, what)
    mails = [
        PfeWorkMail(
            recipient=recipient_about(student, person.email, person.language),
            student=student.ref,
            what=what,
            number=number,
            late=late,
            person=pk,
        )
        for pk, person in people.items()
    ]
    enqueue(mails, now=now)
