"""Company projects and final projects of students, as their commands make them."""

from datetime import UTC, date, datetime

from accounts.models import SignedLink, User
from contratpro.models import (
    CompanyEvaluation,
    CompanyProject,
    Defence,
    PfeReport,
    PfeSheet,
    StudentFile,
)
from contratpro.pfe.services.defence import plan_defence
from contratpro.pfe.services.report import deposit_pfe_report
from contratpro.pfe.services.sheet import approve_pfe_sheet, send_pfe_sheet
from contratpro.projects.rules import MARK, WORDS
from contratpro.projects.selectors import fields_of_evaluation
from contratpro.projects.services.evaluating import ask_company_tutor, send_evaluation
from contratpro.projects.services.locking import PURPOSE
from contratpro.projects.services.marking import deposit_report, mark_report
from contratpro.year.selectors import year_now
from notifications.models import Notification
from tests.factories import files

COMPANY_TUTOR = "ines@batisseurs.exemple.fr"
ASKED = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
DEPOSITED = datetime(2025, 12, 10, 9, 0, tzinfo=UTC)
LATE = datetime(2025, 12, 20, 9, 0, tzinfo=UTC)
CLOSED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # the mark of the conduct: 31 December is over
DEFENDED = datetime(2026, 8, 27, 9, 0, tzinfo=UTC)
PFE = {
    "title": "Prévision de la demande d’eau d’une ville moyenne",
    "context": "Une régie des eaux.",
    "purpose": "Prévoir la demande à trois jours.",
    "aims": "Un modèle et son tableau de bord.",
    "plan": "Mars : données ; juin : modèle ; août : rapport.",
}


def deposited(student: StudentFile, text: str = "Rapport", at: datetime = DEPOSITED) -> None:
    user: User | None = student.user
    assert user
    report = files.upload(files.pdf(text), "rapport.pdf")
    deposit_report(ref=student.ref, report=report, actor=user, now=at)


def asked(student: StudentFile, actor: User, at: datetime = ASKED) -> CompanyEvaluation:
    return ask_company_tutor(ref=student.ref, email=COMPANY_TUTOR, actor=actor, now=at)


def link_of(evaluation: CompanyEvaluation) -> SignedLink:
    return SignedLink.objects.filter(purpose=PURPOSE, subject_ref=evaluation.ref).latest("pk")


def answers(student: StudentFile, **said: str) -> dict[str, str]:
    """All that is asked of the company tutor."""
    fields = fields_of_evaluation(year_now(student.year))
    return dict.fromkeys(fields, "good") | {MARK: "15", WORDS: "Un bon travail."} | said


def evaluated(
    evaluation: CompanyEvaluation, hundredths: int = 1500, at: datetime = DEPOSITED, **said: str
) -> CompanyEvaluation:
    return send_evaluation(
        link_id=link_of(evaluation).pk,
        content=answers(evaluation.project.student, **said),
        hundredths=hundredths,
        seen="",
        now=at,
    )


def marked(
    student: StudentFile, tutor: User, hundredths: int = 1200, report: int = 1
) -> CompanyProject:
    return mark_report(
        ref=student.ref, report=report, hundredths=hundredths, actor=tutor, now=DEPOSITED
    )


def whole(student: StudentFile, tutor: User) -> CompanyProject:
    """Report, evaluation and mark of the school tutor: nothing but the conduct may lack."""
    deposited(student)
    evaluated(asked(student, tutor))
    return marked(student, tutor)


def address_of_link() -> str:
    """Where the last mail to a company tutor leads."""
    row = Notification.objects.filter(kind="contratpro.evaluation_link").latest("pk")
    return f"/l/{row.refs['token']}/"


def sent_sheet(student: StudentFile, at: datetime = DEPOSITED, **said: str) -> PfeSheet:
    user: User | None = student.user
    assert user
    return send_pfe_sheet(ref=student.ref, content=PFE | said, seen="", actor=user, now=at)


def approved_sheet(student: StudentFile, tutor: User, at: datetime = DEPOSITED) -> PfeSheet:
    number = sent_sheet(student, at).versions.count()
    return approve_pfe_sheet(ref=student.ref, version=number, actor=tutor, now=at)


def planned(
    student: StudentFile, actor: User, on: date = date(2026, 8, 27), at: datetime = CLOSED
) -> Defence:
    return plan_defence(
        ref=student.ref,
        starts_at=datetime(on.year, on.month, on.day, 12, 0, tzinfo=UTC),
        place="Salle A12",
        jury=["Anne Roux", "Marc Vidal"],
        actor=actor,
        now=at,
    )


def pfe_deposited(student: StudentFile, text: str = "Rapport", at: datetime = CLOSED) -> PfeReport:
    user: User | None = student.user
    assert user
    report = files.upload(files.pdf(text), "rapport-pfe.pdf")
    return deposit_pfe_report(ref=student.ref, report=report, actor=user, now=at)
