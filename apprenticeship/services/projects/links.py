"""The link by which an employer, who has no account, reads and writes a project."""

from datetime import datetime, timedelta

from accounts.links.services import issue_link, revoke_links
from accounts.models import SignedLink
from apprenticeship.models import JobProject
from common.journal import Actor

PURPOSE = "job_project"
LASTS = timedelta(days=30)
PAUSE = timedelta(minutes=5)  # before another link is sent


def new_link(project: JobProject, actor: Actor, now: datetime) -> tuple[SignedLink, str]:
    """A fresh link, and its token; those before it lead nowhere any more."""
    revoke_links(purpose=PURPOSE, subject_ref=project.ref, actor=actor, now=now)
    issued = issue_link(
        purpose=PURPOSE,
        subject_ref=project.ref,
        email=project.employer_email,
        expires_at=now + LASTS,
        actor=actor,
        now=now,
    )
    return issued.link, issued.token


def sent_lately(project: JobProject, now: datetime) -> bool:
    links = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=project.ref)
    return links.filter(created_at__gt=now - PAUSE).exists()
