"""The first lines of every command on a project: dossier, candidacy and project under lock, and a right to them."""

from datetime import datetime

from accounts.links.services import verdict_on
from accounts.models import SignedLink, User
from admissions.models import Application, Candidacy
from apprenticeship.models import JobProject
from apprenticeship.services.projects.links import PURPOSE
from common.journal import Actor, Stamp
from common.refusals import NotAllowedError, require

RELATED = ("programme__school", "application__campaign__organiser", "application__person__user")


def locked_project(ref: str) -> JobProject:
    """Locked in the order of every command on places: the dossier, its candidacy, the project."""
    found = JobProject.objects.select_related("candidacy").get(ref=ref)
    Application.objects.select_for_update(of=("self",)).get(pk=found.candidacy.application_id)
    candidacy = Candidacy.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=found.candidacy_id)
    project = JobProject.objects.select_for_update(of=("self",)).select_related("company").get(pk=found.pk)
    project.candidacy = candidacy
    return project


def project_of_link(link_id: int, now: datetime) -> tuple[JobProject, SignedLink]:
    """What a link gives a right to, locked. Raises NotAllowedError once it no longer works."""
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    if link.purpose != PURPOSE:
        raise NotAllowedError.of("not_your_project")
    return locked_project(link.subject_ref), link


def stamp_of(project: JobProject, actor: User, now: datetime, reason: str = "") -> Stamp:
    """Whoever acts for the candidate says so: the journal names both."""
    return Stamp(actor=Actor.user(actor), at=now, reason=reason, on_behalf_of=behalf(project.candidacy, actor))


def behalf(candidacy: Candidacy, actor: User) -> str:
    owner = candidacy.application.person
    return "" if owner.user_id == actor.pk else f"person:{owner.pk}"
