"""The first lines of every command on a company project, and the link by which the company tutor opens it."""

from datetime import datetime, timedelta

from accounts.links.services import replace_link, verdict_on
from accounts.models import SignedLink
from common.journal import Actor, Stamp
from common.moves import begin
from common.refusals import NotAllowedError, require
from contratpro.models import CompanyEvaluation, CompanyProject, StudentFile
from contratpro.projects.selectors import evaluation_by_ref
from contratpro.states import CompanyProjectState
from contratpro.students.services.locking import lock_student

PURPOSE = "company_evaluation"
LASTS = timedelta(days=30)


def project_of(student: StudentFile, stamp: Stamp) -> CompanyProject:
    """The project of a student whose file is locked; begun the first time that something is handed in."""
    project = CompanyProject.objects.select_for_update(of=("self",)).filter(student=student).first()
    if project is None:
        project = CompanyProject(student=student, created_at=stamp.at)
        begin(project, CompanyProjectState.GATHERING, stamp, verb="begin")
    project.student = student
    return project


def lock_project(ref: str) -> CompanyProject:
    """Of the student with that reference: their file first, then the project. It is there."""
    student = lock_student(ref)
    project = CompanyProject.objects.select_for_update(of=("self",)).get(student=student)
    project.student = student
    return project


def lock_evaluation(project: CompanyProject) -> CompanyEvaluation | None:
    """That of a project which is locked."""
    rows = CompanyEvaluation.objects.select_for_update(of=("self",))
    evaluation = rows.filter(project=project).first()
    if evaluation:
        evaluation.project = project
    return evaluation


def new_link(evaluation: CompanyEvaluation, stamp: Stamp) -> tuple[SignedLink, str]:
    """A fresh link to the company tutor, and its token; those before it lead nowhere any more."""
    issued = replace_link(
        purpose=PURPOSE,
        subject_ref=evaluation.ref,
        email=evaluation.email,
        expires_at=stamp.at + LASTS,
        actor=stamp.actor,
        now=stamp.at,
    )
    return issued.link, issued.token


def evaluation_by_link(link_id: int, now: datetime) -> tuple[CompanyEvaluation, SignedLink]:
    """The link is looked at under the lock of the evaluation: it may be replaced at this moment."""
    purpose, ref = SignedLink.objects.values_list("purpose", "subject_ref").get(pk=link_id)
    found = evaluation_by_ref(ref) if purpose == PURPOSE else None
    if found is None:
        raise NotAllowedError.of("evaluation_of_another_link")
    evaluation = lock_evaluation(lock_project(found.project.student.ref))
    assert evaluation, "an evaluation is never deleted"
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    return evaluation, link


def stamp_of(link: SignedLink, now: datetime) -> Stamp:
    return Stamp.of(Actor.link(link), now)
