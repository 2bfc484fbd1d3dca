"""Who is told what of a company project: the company tutor by a link, the school tutor, the student. Never a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.utils.translation import gettext_lazy as _

from accounts.links.services import link_url
from accounts.models import SignedLink
from contratpro.models import CompanyEvaluation, CompanyProject, StudentFile
from contratpro.students.mails import (
    FIRST_LANGUAGE,
    about,
    recipient_about,
    sample_about,
    to_student,
)
from notifications.mails import SAMPLE_AT, Context, Mail, number_of
from notifications.queue import enqueue
from notifications.states import Audience

SAMPLE_REASON = "La note ne correspond pas à l’appréciation : vérifiez-la."


class ProjectNews(StrEnum):
    """What happened to a company project. Each is the verb of its entry in the journal."""

    DEPOSITED = "deposit_report"
    ASKED = "ask_evaluation"
    REOPENED = "reopen"
    EVALUATED = "send"
    PUBLISHED = "publish"
    TAKEN_BACK = "take_back"


@dataclass(frozen=True, kw_only=True)
class CompanyProjectMail(Mail):
    """About the company project of a student; once for each time that it happened."""

    tells: ClassVar[Sequence[ProjectNews]]

    student: str
    what: ProjectNews
    number: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.what}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        rows = StudentFile.objects.select_related("year", "user")
        found = {row.ref: row for row in rows.filter(ref__in={mail.student for mail in batch})}
        return [mail.facts(found[mail.student]) for mail in batch]

    def facts(self, student: StudentFile) -> Context:
        return {**about(student), "what": self.what}

    @classmethod
    def sample(cls) -> Context:
        return {**sample_about(), "what": cls.tells[0]}

    @classmethod
    def samples(cls) -> Sequence[Context]:
        return [{**cls.sample(), "what": one} for one in cls.tells]


@dataclass(frozen=True, kw_only=True)
class EvaluationLinkMail(CompanyProjectMail):
    """The link is the right to evaluate: nothing of the mail is kept once it has left."""

    name = "contratpro.evaluation_link"
    label = _("Link to the evaluation of a student, to the company tutor")
    when = _("The school tutor or the office asks the company tutor, or asks for another version.")
    audience = Audience.EMPLOYER
    sensitive = True
    tells = (ProjectNews.ASKED, ProjectNews.REOPENED)

    reason: str
    token: str
    until: datetime

    def facts(self, student: StudentFile) -> Context:
        return {
            **super().facts(student),
            "reason": self.reason,
            "until": self.until,
            "url_fr": link_url(self.token, "fr"),
            "url_en": link_url(self.token, "en"),
        }

    @classmethod
    def sample(cls) -> Context:
        url = "https://rentree.example/exemple/"
        return {
            **super().sample(),
            "reason": SAMPLE_REASON,
            "until": SAMPLE_AT,
            "url_fr": url,
            "url_en": url,
        }


@dataclass(frozen=True, kw_only=True)
class CompanyProjectNewsMail(CompanyProjectMail):
    name = "contratpro.project_news"
    label = _("News of the company project, to the student")
    when = _("The mark of the company project is published or taken back.")
    audience = Audience.STUDENT
    tells = (ProjectNews.PUBLISHED, ProjectNews.TAKEN_BACK)


@dataclass(frozen=True, kw_only=True)
class CompanyProjectWorkMail(CompanyProjectMail):
    name = "contratpro.project_work"
    label = _("Report or evaluation received, to the school tutor")
    when = _("A student deposits the report, or the company tutor sends the evaluation.")
    audience = Audience.STAFF
    tells = (ProjectNews.DEPOSITED, ProjectNews.EVALUATED)

    late: bool = False

    def facts(self, student: StudentFile) -> Context:
        return {**super().facts(student), "late": self.late}

    @classmethod
    def sample(cls) -> Context:
        return {**super().sample(), "late": True}


def tell_company_tutor(
    evaluation: CompanyEvaluation,
    what: ProjectNews,
    linked: tuple[SignedLink, str],
    now: datetime,
) -> None:
    link, token = linked
    student = evaluation.project.student
    mail = EvaluationLinkMail(
        recipient=recipient_about(student, evaluation.email, FIRST_LANGUAGE),
        student=student.ref,
        what=what,
        number=link.pk,
        reason=evaluation.reason,
        token=token,
        until=link.expires_at,
    )
    enqueue([mail], now=now)


def tell_student(project: CompanyProject, what: ProjectNews, now: datetime) -> None:
    mail = CompanyProjectNewsMail(
        recipient=to_student(project.student),
        student=project.student.ref,
        what=what,
        number=number_of(project, what),
    )
    enqueue([mail], now=now)


def tell_tutor(project: CompanyProject, what: ProjectNews, now: datetime, *, late: bool) -> None:
    """Nobody where no school tutor is named."""
    tutor = project.student.tutor
    if tutor is None:
        return
    row = project.evaluation if what is ProjectNews.EVALUATED else project
    mail = CompanyProjectWorkMail(
        recipient=recipient_about(project.student, tutor.email, tutor.language),
        student=project.student.ref,
        what=what,
        number=number_of(row, what),
        late=late,
    )
    enqueue([mail], now=now)
