"""What a student is told of the answer to step 1, with what was known when it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self, TypedDict

from django.utils.translation import gettext_lazy as _

from common.rules import Refusal
from contratpro.models import StudentFile
from contratpro.states import FactState, StudentAction, StudentState
from contratpro.students.mails import StudentMail, about, sample_about, students_of, to_student
from contratpro.students.selectors import latest_papers
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now
from notifications.mails import SAMPLE_AT, Context, number_of
from notifications.queue import enqueue

ANSWERS = (StudentAction.ACCEPT, StudentAction.REFUSE)


class AnsweredCondition(TypedDict):
    """A condition as it was: by the time the mail leaves, it may be held."""

    words: Mapping[str, object]
    article: str
    evidence: Mapping[str, object]
    by: Mapping[str, object]


class PaperWords(TypedDict):
    title: str
    dated: str


@dataclass(frozen=True, kw_only=True)
class ProjectAnsweredMail(StudentMail):
    """Once per answer: a project may be refused, told again, then be feasible."""

    name = "contratpro.answer"
    label = _("Answer to a student’s project")
    when = _("The contrat pro office says whether a project is feasible, or why not.")

    feasible: bool
    reason: str
    lines: list[AnsweredCondition]
    risks: list[AnsweredCondition]
    papers: list[PaperWords]
    number: int

    @property
    def key(self) -> str:
        return f"{self.name}:{self.student}:{self.number}"

    @classmethod
    def read(cls, batch: Sequence[Self]) -> Sequence[Context]:
        students = students_of(batch)
        return [
            {
                **about(students[mail.student]),
                "feasible": mail.feasible,
                "reason": mail.reason,
                "lines": mail.lines,
                "risks": mail.risks,
                "papers": [
                    {**paper, "dated": date.fromisoformat(paper["dated"])} for paper in mail.papers
                ],
            }
            for mail in batch
        ]

    @classmethod
    def sample(cls) -> Context:
        risk = AnsweredCondition(
            words={"fr": "Avoir validé le TOEIC", "en": "The TOEIC is validated"},
            article="4",
            evidence={"fr": "Attestation de résultat", "en": "Score report"},
            by={"fr": "Scolarité", "en": "Registrar"},
        )
        paper = {"title": "Fiche contact", "dated": SAMPLE_AT.date()}
        return {
            **sample_about(),
            "feasible": True,
            "reason": "",
            "lines": [],
            "risks": [risk],
            "papers": [paper],
        }

    @classmethod
    def samples(cls) -> Sequence[Context]:
        feasible = cls.sample()
        refused = {
            "feasible": False,
            "reason": "La prochaine réunion d’information est le 12 mars.",
            "lines": feasible["risks"],
            "risks": [],
        }
        return [feasible, {**feasible, **refused}]


def tell_answer(student: StudentFile, against: Sequence[Refusal], now: datetime) -> None:
    said = year_now(student.year)
    feasible = student.state is StudentState.FEASIBLE
    risks = student.facts.filter(state=FactState.OWN_RISK).values_list("key", flat=True)
    mail = ProjectAnsweredMail(
        recipient=to_student(student),
        student=student.ref,
        feasible=feasible,
        reason=student.reason,
        lines=[_words(said, str(refusal.params["condition"])) for refusal in against],
        risks=[_words(said, key) for key in risks] if feasible else [],
        papers=[
            PaperWords(title=paper.title, dated=paper.dated.isoformat())
            for paper in latest_papers(student.year)
        ],
        number=number_of(student, *ANSWERS),
    )
    enqueue([mail], now=now)


def _words(said: YearDocument, key: str) -> AnsweredCondition:
    condition = said.conditions[key]
    return AnsweredCondition(
        words=dict(condition.words),
        article=condition.article,
        evidence=dict(condition.evidence.words),
        by=dict(said.parties[condition.evidence.by].title),
    )
