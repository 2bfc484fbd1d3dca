"""The pedagogical head judges a project (R-JOB-2): approved, it takes a place. One given up before that ends."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.locking import stamp_for
from admissions.places.selectors.pools import active_seat
from admissions.places.services.locking import typed_reason
from apprenticeship.contracts.selectors import approved_project
from apprenticeship.models import JobProject
from apprenticeship.projects.mails import (
    News,
    tell_approved,
    tell_changes_asked,
    tell_closed,
    tell_declined,
    tell_refused,
)
from apprenticeship.projects.permissions import can_decide_project, can_invite
from apprenticeship.projects.rules import may_abandon, may_decide
from apprenticeship.projects.services.locking import (
    lock_project,
    new_link,
    project_of_link,
)
from apprenticeship.projects.services.seats import open_commitment, refuse_if_committed, take_seat
from apprenticeship.states import ProjectAction, ProjectState
from common.journal import Actor, Stamp
from common.moves import move
from common.refusals import refuse_unless, require

JOURNALLED = 500  # characters of a reason that the journal keeps; the project keeps them all


def approve_job_project(*, project_ref: str, actor: User, now: datetime) -> JobProject:
    """Approve it: the candidate takes a place of the pool, or queues for one. Again, nothing more happens."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.APPROVED:
            return project
        _refuse_undecidable(project)
        refuse_if_committed(project.candidacy)
        before = active_seat(project.candidacy.application)
        replaced = approved_project(before.candidacy) if before else None
        stamp = Stamp.of(actor, now)
        move(project, ProjectAction.APPROVE, stamp, decided_at=now, decided_by=actor)
        seat = take_seat(project, stamp=stamp)
        open_commitment(project, stamp)
        tell_approved(project, seat, now)
        if replaced:
            tell_closed(replaced, News.REPLACED, now)
        return project


def ask_changes(*, project_ref: str, reason: str, actor: User, now: datetime) -> JobProject:
    """Send it back with what to change, and a fresh link to the sheet as it was sent."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.CHANGES_ASKED and project.reason == reason.strip():
            return project
        _refuse_undecidable(project)
        last = project.versions.last()
        assert last, "what was submitted has a version"
        told, stamp = _reasoned(reason, actor, now)
        decided = {"reason": told, "decided_at": now, "decided_by": actor}
        move(project, ProjectAction.ASK_CHANGES, stamp, draft=last.content, draft_at=now, **decided)
        link, token = new_link(project, stamp.actor, now)
        tell_changes_asked(project, link, token, now)
        return project


def refuse_job_project(*, project_ref: str, reason: str, actor: User, now: datetime) -> JobProject:
    """Refuse it for a reason that the candidate and the employer are told."""
    with transaction.atomic():
        project = _to_decide(project_ref, actor)
        if project.state == ProjectState.REFUSED:
            return project
        _refuse_undecidable(project)
        told, stamp = _reasoned(reason, actor, now)
        move(project, ProjectAction.REFUSE, stamp, reason=told, decided_at=now, decided_by=actor)
        tell_refused(project, now)
        return project


def _to_decide(project_ref: str, actor: User) -> JobProject:
    project = lock_project(project_ref)
    require(can_decide_project(actor, project.candidacy))
    return project


def _refuse_undecidable(project: JobProject) -> None:
    refuse_unless(may_decide(project.state, project.candidacy.state))


def _reasoned(reason: str, actor: User, now: datetime) -> tuple[str, Stamp]:
    told = typed_reason(reason)
    kept = told if len(told) <= JOURNALLED else f"{told[: JOURNALLED - 1]}…"
    return told, Stamp.of(actor, now, kept)


def abandon_job_project(*, project_ref: str, actor: User, now: datetime) -> JobProject:
    """By the candidate, or by the company office for them. The employer is told."""
    with transaction.atomic():
        project = lock_project(project_ref)
        require(can_invite(actor, project.candidacy))
        if _abandon(project, stamp_for(project.candidacy.application, actor, now)):
            tell_closed(project, News.ABANDONED, now)
        return project


def decline_job_project(*, link_id: int, now: datetime) -> JobProject:
    """By the employer, from the page of the link. The candidate is told."""
    with transaction.atomic():
        project, link = project_of_link(link_id, now)
        if _abandon(project, Stamp.of(Actor.link(link), now)):
            tell_declined(project, now)
        return project


def _abandon(project: JobProject, stamp: Stamp) -> bool:
    """Whether it was abandoned by this very call."""
    if project.state == ProjectState.ABANDONED:
        return False
    refuse_unless(may_abandon(project.state))
    move(project, ProjectAction.ABANDON, stamp)
    return True
