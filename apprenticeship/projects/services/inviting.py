"""An employer is asked to describe the job: a draft, and a link to it."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.locking import stamp_for
from admissions.models import Candidacy
from admissions.places.services.locking import lock_candidacy
from apprenticeship.models import JobProject
from apprenticeship.projects.mails import invite
from apprenticeship.projects.permissions import can_invite
from apprenticeship.projects.rules import may_abandon, may_invite
from apprenticeship.projects.services.locking import lock_project, new_link, sent_lately
from apprenticeship.projects.services.seats import refuse_if_committed
from apprenticeship.states import OPEN_PROJECTS, ProjectState
from common.journal import note
from common.moves import begin
from common.refusals import DomainError, refuse_unless, require
from common.rules import Verdict

OPEN = OPEN_PROJECTS


def invite_employer(*, candidacy_ref: str, email: str, actor: User, now: datetime) -> JobProject:
    """By the candidate, or by the company office for them. Inviting the same employer again changes nothing."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_invite, actor)
        address = email.strip().lower()
        open_ones = candidacy.job_projects.filter(employer_email=address, state__in=OPEN)
        known: JobProject | None = open_ones.first()
        if known:
            return known
        refuse_if_committed(candidacy)
        refuse_unless(_may_invite(candidacy, now))
        if address in _own_addresses(candidacy):
            raise DomainError.of("employer_is_candidate")
        project = JobProject(candidacy=candidacy, employer_email=address, created_at=now)
        stamp = stamp_for(candidacy.application, actor, now)
        begin(project, ProjectState.DRAFT, stamp, verb="invite")
        link, token = new_link(project, stamp.actor, now)
        invite(project, link, token, now)
        return project


def _may_invite(candidacy: Candidacy, now: datetime) -> Verdict:
    lately = candidacy.job_projects.filter(created_at__gt=now - timedelta(days=1)).count()
    return may_invite(candidacy.state, candidacy.programme.admission, lately)


def _own_addresses(candidacy: Candidacy) -> set[str]:
    """That of the dossier and that of the account."""
    user = candidacy.application.person.user
    return {candidacy.application.email, user.email if user else ""}


def send_new_link(*, project_ref: str, actor: User, now: datetime) -> JobProject:
    """The employer lost the link, or it expired: another one, and the former leads nowhere."""
    with transaction.atomic():
        project = lock_project(project_ref)
        require(can_invite(actor, project.candidacy))
        refuse_unless(may_abandon(project.state))
        if sent_lately(project, now):
            raise DomainError.of("link_just_sent")
        stamp = stamp_for(project.candidacy.application, actor, now)
        note(project, "send_link", stamp, source=project.state, target=project.state)
        link, token = new_link(project, stamp.actor, now)
        invite(project, link, token, now)
        return project
