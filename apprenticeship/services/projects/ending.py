"""A project given up before it is approved, by the candidate, the company office or the employer."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.moves import refuse_unless
from apprenticeship import permissions
from apprenticeship.models import JobProject
from apprenticeship.rules.moves import ProjectAction, ProjectState
from apprenticeship.rules.projects import may_abandon
from apprenticeship.services import project_news
from apprenticeship.services.moves import move_project
from apprenticeship.services.projects.access import locked_project, project_of_link, stamp_of
from common.journal import Actor, Stamp
from common.refusals import require


def abandon_job_project(*, project_ref: str, actor: User, now: datetime) -> JobProject:
    """By the candidate, or by the company office for them. The employer is told."""
    with transaction.atomic():
        project = locked_project(project_ref)
        require(permissions.can_invite(actor, project.candidacy))
        if _abandon(project, stamp_of(project, actor, now)):
            project_news.tell_closed(project, "abandoned", now)
        return project


def decline_job_project(*, link_id: int, now: datetime) -> JobProject:
    """By the employer, from the page of the link. The candidate is told."""
    with transaction.atomic():
        project, link = project_of_link(link_id, now)
        if _abandon(project, Stamp(actor=Actor.link(link), at=now)):
            project_news.tell_declined(project, now)
        return project


def _abandon(project: JobProject, stamp: Stamp) -> bool:
    """Whether it was abandoned by this very call."""
    if project.state == ProjectState.ABANDONED.value:
        return False
    refuse_unless(may_abandon(ProjectState(project.state)))
    move_project(project, ProjectAction.ABANDON, stamp)
    return True
