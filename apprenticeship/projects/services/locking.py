"""The first lines of every command on a project, and the link by which an employer, who has no account, opens it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.links.services import replace_link, verdict_on
from accounts.models import SignedLink
from admissions.dossier.services.locking import lock_with_dossier
from admissions.places.selectors.checklist import search_ends
from apprenticeship.models import JobProject
from common.journal import Actor
from common.refusals import NotAllowedError, require
from common.rules import last_second

PURPOSE = "job_project"
LASTS = timedelta(days=30)
PAUSE = timedelta(minutes=5)  # before another link is sent


def new_link(project: JobProject, actor: Actor, now: datetime) -> tuple[SignedLink, str]:
    """A fresh link, and its token; those before it lead nowhere any more."""
    issued = replace_link(
        purpose=PURPOSE,
        subject_ref=project.ref,
        email=project.employer_email,
        expires_at=_last_second_of_link(project, now),
        actor=actor,
        now=now,
    )
    return issued.link, issued.token


def _last_second_of_link(project: JobProject, now: datetime) -> datetime:
    """No link outlives the search: what it says of the time left is what the notice says."""
    candidacy, lasts = project.candidacy, now + LASTS
    ends_on = search_ends([candidacy]).get(candidacy.pk)
    if ends_on is None:
        return lasts
    closes_at = last_second(ends_on, ZoneInfo(candidacy.application.campaign.zone))
    return min(lasts, closes_at) if closes_at > now else lasts


def sent_lately(project: JobProject, now: datetime) -> bool:
    links = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=project.ref)
    return links.filter(created_at__gt=now - PAUSE).exists()


def lock_project(ref: str) -> JobProject:
    """Locked in the order of every command on places: the dossier, its candidacy, the project."""
    found = JobProject.objects.select_related("candidacy__application").get(ref=ref)
    candidacy = lock_with_dossier(found.candidacy)
    rows = JobProject.objects.select_for_update(of=("self",)).select_related("company")
    project = rows.get(pk=found.pk)
    project.candidacy = candidacy
    return project


def project_of_link(link_id: int, now: datetime) -> tuple[JobProject, SignedLink]:
    """What a link gives a right to, locked. Raises NotAllowedError once it no longer works."""
    link = SignedLink.objects.get(pk=link_id)
    require(verdict_on(link, now=now))
    if link.purpose != PURPOSE:
        raise NotAllowedError.of("not_your_project")
    return lock_project(link.subject_ref), link
