"""The pedagogical head judges the missions, their progression and their fit (R-JOB-2); approved, it takes a place."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.moves import refuse_unless
from admissions.states import CandidacyState
from apprenticeship import permissions
from apprenticeship.models import JobProject
from apprenticeship.rules.moves import ProjectAction, ProjectState
from apprenticeship.rules.projects import may_decide
from apprenticeship.selectors.seats import active_seat
from apprenticeship.services import project_news
from apprenticeship.services.access import typed_reason
from apprenticeship.services.commitments import open_commitment, refuse_if_committed
from apprenticeship.services.moves import move_project
from apprenticeship.services.projects.access import locked_project
from apprenticeship.services.projects.links import new_link
from apprenticeship.services.seats import place
from common.journal import Actor, Stamp
from common.refusals import require

JOURNALLED = 500  # characters of a reason that the journal keeps; the project keeps them all


def approve_job_project(*, project_ref: str, actor: User, now: datetime) -> JobProject:
    """Approve it: the candidate takes a place of the pool, or queues for one. Again, nothing more happens."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.APPROVED.value:
            return project
        _refuse_undecidable(project)
        refuse_if_committed(project.candidacy)
        before = active_seat(project.candidacy.application)
        replaced = before.project if before else None
        stamp = Stamp(actor=Actor.user(actor), at=now)
        move_project(project, ProjectAction.APPROVE, stamp, decided_at=now, decided_by=actor)
        seat = place(project, stamp=stamp)
        open_commitment(project, stamp)
        project_news.tell_approved(project, seat, now)
        if replaced:
            project_news.tell_closed(replaced, "replaced", now)
        return project


def ask_changes(*, project_ref: str, remarks: str, actor: User, now: datetime) -> JobProject:
    """Send it back with what to change, and a fresh link to the sheet as it was sent."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.CHANGES_ASKED.value and project.reason == remarks.strip():
            return project
        _refuse_undecidable(project)
        last = project.versions.last()
        assert last, "what was submitted has a version"
        reason, stamp = _reasoned(remarks, actor, now)
        decided = {"reason": reason, "decided_at": now, "decided_by": actor}
        move_project(project, ProjectAction.ASK_CHANGES, stamp, draft=last.content, draft_at=now, **decided)
        link, token = new_link(project, stamp.actor, now)
        project_news.tell_changes_asked(project, link, token, now)
        return project


def refuse_job_project(*, project_ref: str, reason: str, actor: User, now: datetime) -> JobProject:
    """Refuse it for a reason that the candidate and the employer are told."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.REFUSED.value:
            return project
        _refuse_undecidable(project)
        told, stamp = _reasoned(reason, actor, now)
        move_project(project, ProjectAction.REFUSE, stamp, reason=told, decided_at=now, decided_by=actor)
        project_news.tell_refused(project, now)
        return project


def _to_decide(project_ref: str, actor: User) -> JobProject:
    project = locked_project(project_ref)
    require(permissions.can_decide_project(actor, project.candidacy))
    return project


def _refuse_undecidable(project: JobProject) -> None:
    refuse_unless(may_decide(ProjectState(project.state), CandidacyState(project.candidacy.state)))


def _reasoned(reason: str, actor: User, now: datetime) -> tuple[str, Stamp]:
    told = typed_reason(reason)
    kept = told if len(told) <= JOURNALLED else f"{told[: JOURNALLED - 1]}…"
    return told, Stamp(actor=Actor.user(actor), at=now, reason=kept)
