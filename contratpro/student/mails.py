"""What a student is reminded of: a step that waits for them, a condition that they go without at their own risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext_lazy as _

from contratpro.models import StudentFile
from contratpro.students.mails import StudentMail, about, sample_about, students_of
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now
from notifications.mails import Context

SAMPLE_DUE = date(2027, 8, 16)


@dataclass(frozen=True, kw_only=True)
class StepDueMail(StudentMail):
    """Once per step and last day: a day that moves is another fact."""

    name = "contratpro.step_due"
    label = _("Reminder of a step")
    when = _("A step waits for a student, some days before its last day.")

    step: str
    due: date

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.step}:{self.due}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        return [mail.context_of(students[mail.student]) for mail in batch]

    def context_of(self, student: StudentFile) -> Context:
        step = year_now(student.year).steps[self.step]
        return {
            **about(student),
            "key": self.step,
            "number": step.number or "",
            "step": step.title,
            "proof": step.proof.words,
            "due": self.due,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about(),
            "key": "contact-sheet",
            "number": "2",
            "step": {"fr": "Établir la fiche contact", "en": "Write the contact sheet"},
            "proof": {"fr": "Fiche contact complète", "en": "Complete contact sheet"},
            "due": SAMPLE_DUE,
        }


@dataclass(frozen=True, kw_only=True)
class RiskDueMail(StudentMail):
    """Once per condition, last day and number of days before it."""

    name = "contratpro.risk_due"
    label = _("Reminder of a condition at one’s own risk")
    when = _("A condition is still missing that a student goes without at their own risk.")

    condition: str
    due: date
    before: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.condition}:{self.due}:{self.before}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        return [mail.context_of(students[mail.student]) for mail in batch]

    def context_of(self, student: StudentFile) -> Context:
        said: YearDocument = year_now(student.year)
        condition = said.conditions[self.condition]
        return {
            **about(student),
            "condition": condition.words,
            "article": condition.article,
            "proof": condition.evidence.words,
            "by": said.parties[condition.evidence.by].title,
            "due": self.due,
        }

    @classmethod
    def sample(cls) -> Context:
        return {
            **sample_about(),
            "condition": {"fr": "Avoir validé le TOEIC", "en": "The TOEIC is validated"},
            "article": "4",
            "proof": {"fr": "Attestation de résultat", "en": "Score report"},
            "by": {"fr": "Scolarité", "en": "Registrar"},
            "due": SAMPLE_DUE,
        }
