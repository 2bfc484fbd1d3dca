"""Company projects, with what their pages show and their marks are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from accounts.selectors import works_as
from common.rules import Verdict
from contratpro.models import (
    CompanyEvaluation,
    CompanyProject,
    ContactSheet,
    EvaluationVersion,
    ProjectReport,
    StudentFile,
)
from contratpro.projects.rules import (
    WHOLE,
    ProjectMarks,
    ProjectShares,
    ProjectStanding,
    evaluation_fields,
    is_closed,
    may_publish,
)
from contratpro.states import EvaluationState
from contratpro.steps.rules import conduct_mark, mark_lines
from contratpro.steps.selectors import (
    firm_day,
    rules_for,
    scale_for,
    standings_of,
    today_of,
)
from contratpro.vocabulary import REPORT
from contratpro.year.document.schema import EvaluationSheet, YearDocument
from contratpro.year.selectors import year_now

RELATED = ("student__year__school", "student__user", "student__tutor")
LECTURER = "class_teacher"  # engineers of a company lecture at the school
OF_PROJECT = tuple(f"project__{name}" for name in RELATED)


def project_for(student: StudentFile) -> CompanyProject:
    """That of the student; one that no row keeps until something is handed in."""
    row = CompanyProject.objects.select_related(*RELATED).filter(student=student).first()
    return row or CompanyProject(student=student)


def reports_of(project: CompanyProject) -> list[ProjectReport]:
    """The last one first."""
    if not project.pk:
        return []
    return list(project.reports.select_related("file").order_by("-number"))


def evaluation_of(project: CompanyProject) -> CompanyEvaluation | None:
    rows = CompanyEvaluation.objects.select_related(*OF_PROJECT)
    return rows.filter(project=project).first() if project.pk else None


def is_staff_address(address: str) -> bool:
    """Whether it is of an account that works for a school, heads a department or is a tutor of students."""
    user = User.objects.filter(email__iexact=address).first()
    return user is not None and (user.is_staff or bool(works_as(user) - {LECTURER}))


def evaluation_by_ref(ref: str) -> CompanyEvaluation | None:
    return CompanyEvaluation.objects.select_related(*OF_PROJECT).filter(ref=ref).first()


def last_evaluation(evaluation: CompanyEvaluation | None) -> EvaluationVersion | None:
    return evaluation.versions.last() if evaluation else None


def standing_of_project(project: CompanyProject) -> ProjectStanding:
    evaluation = evaluation_of(project)
    return ProjectStanding(
        student=project.student.state,
        project=project.state,
        reports=project.reports.count() if project.pk else 0,
        evaluation=evaluation.state if evaluation else None,
        is_passed_on=project.passed_on is not None,
    )


def shares_of(said: YearDocument) -> ProjectShares:
    coefficients, rounding = said.marks.project.coefficients, said.marks.conduct.rounding
    return ProjectShares(
        conduct=coefficients.conduct,
        company_tutor=coefficients.company_tutor,
        school_tutor=coefficients.school_tutor,
        decimals=rounding.decimals,
        half=rounding.half,
    )


def marks_of(project: CompanyProject, now: datetime) -> ProjectMarks:
    """The three as they stand: a company tutor who is asked for another version has given none yet."""
    evaluation = evaluation_of(project)
    is_sent = evaluation is not None and evaluation.state is EvaluationState.SENT
    version = last_evaluation(evaluation) if is_sent else None
    return ProjectMarks(
        conduct=final_conduct(project.student, now),
        company_tutor=version.mark if version else None,
        school_tutor=project.tutor_mark,
    )


def final_conduct(student: StudentFile, now: datetime) -> int | None:
    """The mark of the conduct in hundredths, once it is closed: what the steps earned, or what was given instead."""
    said, scale, today = year_now(student.year), scale_for(student), today_of(student.year, now)
    if not is_closed(firm_day(said, said.marks.conduct.closes, student.department), today):
        return None
    if student.override is not None:
        return student.override
    mark = conduct_mark(mark_lines(standings_of(student, now), scale, today=today), scale)
    return None if mark is None else int(mark * WHOLE)


def verdict_on_publishing(project: CompanyProject, now: datetime) -> Verdict:
    return may_publish(standing_of_project(project), marks_of(project, now))


def fields_of_evaluation(said: YearDocument) -> tuple[str, ...]:
    asked = said.marks.project.evaluation
    return evaluation_fields(asked.criteria if asked else ())


def sheet_asked(student: StudentFile) -> EvaluationSheet | None:
    return year_now(student.year).marks.project.evaluation


def due_of_report(student: StudentFile) -> date | None:
    """The last day of report and evaluation, where the school has confirmed one."""
    return next((rule.due for rule in rules_for(student) if rule.key == REPORT), None)


def tutor_address(student: StudentFile) -> str:
    """That of the company tutor, as the contact sheet gives it."""
    sheet = ContactSheet.objects.filter(student=student).first()
    version = sheet.versions.last() if sheet else None
    return str(version.content.get("tutor_email", "")) if version else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMarks:
    """What is published of a project, in hundredths."""

    mark: int
    conduct: int
    company_tutor: int
    school_tutor: int


def published_marks(project: CompanyProject) -> PublishedMarks | None:
    """The one door by which a student reads a mark of the project: before it is published there is nothing."""
    frozen = (project.mark, project.conduct, project.company_mark, project.tutor_mark)
    mark, conduct, company_tutor, school_tutor = frozen
    if project.published_at is None or None in frozen:
        return None
    assert mark is not None
    assert conduct is not None
    assert company_tutor is not None
    assert school_tutor is not None
    return PublishedMarks(
        mark=mark, conduct=conduct, company_tutor=company_tutor, school_tutor=school_tutor
    )
