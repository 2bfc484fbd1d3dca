"""The employer writes: what is typed is kept as it is typed, then sent as a version that nobody changes."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.links.services import use_link
from apprenticeship.models import JobProject, ProjectVersion
from apprenticeship.projects.mails import tell_submitted
from apprenticeship.projects.rules import FIELDS, may_start, may_write, missing_fields
from apprenticeship.projects.services.locking import project_of_link
from apprenticeship.states import ProjectAction, ProjectState
from common.drafts.rules import changes, refuse_if_unseen, word_for_word
from common.journal import Actor, Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless
from common.rules import Verdict
from companies.services import company_of


def save_draft(
    *, link_id: int, content: Mapping[str, str], now: datetime, seen: str = ""
) -> JobProject:
    """Keep what was typed, whole or not, readable or not. Raises QuickerError if it would replace what was not seen."""
    with transaction.atomic():
        project, link = project_of_link(link_id, now)
        refuse_unless(_may_write(project))
        typed = word_for_word(content, FIELDS)
        refuse_if_unseen(project.draft, typed, seen, FIELDS)
        stored = word_for_word(project.draft, FIELDS)
        changed = [change.field for change in changes(stored, typed, FIELDS)]
        if changed:
            project.draft, project.draft_at = typed, now
            project.save(update_fields=["draft", "draft_at"])
            stamp = Stamp.of(Actor.link(link), now, fields=changed)
            note(project, "save_draft", stamp, source=project.state, target=project.state)
        return project


def submit_job_project(
    *, link_id: int, content: Mapping[str, str], now: datetime, seen: str = ""
) -> JobProject:
    """Send the sheet to the school: a new version. The same one sent twice is sent once.

    Raises QuickerError if a draft that was not seen would go with it.
    """
    with transaction.atomic():
        project, link = project_of_link(link_id, now)
        sheet = {name: content.get(name, "").strip() for name in FIELDS}
        last = project.versions.last()
        if project.state == ProjectState.SUBMITTED and last and last.content == sheet:
            return project
        refuse_unless(_may_write(project))
        refuse_if_unseen(project.draft, sheet, seen, FIELDS)
        _refuse_unfit(project, sheet, now)
        number = last.number + 1 if last else 1
        stamp = Stamp.of(Actor.link(link), now, version=number)
        undecided: dict[str, object] = {"decided_at": None, "decided_by": None, "reason": ""}
        sent: dict[str, object] = {
            "company": company_of(sheet, kept=project.company),
            "submitted_at": now,
        }
        move(project, ProjectAction.SUBMIT, stamp, **sent, **undecided, draft={}, draft_at=None)
        ProjectVersion.objects.create(
            project=project, number=number, content=sheet, by=f"link:{link.pk}", at=now
        )
        use_link(link_id=link.pk, now=now)
        tell_submitted(project, number, now)
        return project


def _may_write(project: JobProject) -> Verdict:
    return may_write(project.state, project.candidacy.state)


def _refuse_unfit(project: JobProject, sheet: Mapping[str, str], now: datetime) -> None:
    missing = missing_fields(sheet)
    if missing:
        raise DomainError.of("project_is_incomplete", count=len(missing))
    today = now.astimezone(ZoneInfo(project.candidacy.application.campaign.zone)).date()
    refuse_unless(may_start(date.fromisoformat(sheet["starts_on"]), today))
    others = project.candidacy.job_projects.exclude(pk=project.pk)
    if others.filter(state=ProjectState.SUBMITTED).exists():
        raise DomainError.of("another_project_is_submitted")
