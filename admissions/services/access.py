"""The first lines of every command: the dossier under lock, and a right to it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from admissions import permissions
from admissions.models import Application
from admissions.rules.acts import may_edit
from admissions.selectors.situations import situation_of
from common.journal import Actor, Entry, note
from common.refusals import DomainError, require
from common.rules.refusals import Verdict


def own_application(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless it is the actor's own."""
    application = locked(ref)
    require(permissions.can_act(actor, application))
    return application


def editable(ref: str, actor: User, now: datetime) -> Application:
    """The actor's own draft, locked. Raises DomainError once it can no longer be changed."""
    application = own_application(ref, actor)
    refuse_unless(may_edit(situation_of(application, now)))
    return application


def locked(ref: str) -> Application:
    """Without its two long columns: what was submitted, that only a submission adds to, and the notice."""
    rows = Application.objects.select_for_update(of=("self",)).defer("snapshot", "campaign__current_version__document")
    return rows.select_related("campaign__organiser", "campaign__current_version", "person__user").get(ref=ref)


def refuse_unless(verdict: Verdict) -> None:
    """Raise DomainError with every reason against what is asked."""
    if not verdict:
        raise DomainError(*verdict.refusals)


def day_of(application: Application, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(application.campaign.zone)).date()


def note_change(application: Application, actor: User, now: datetime, verb: str, **data: object) -> None:
    """Journal a change of the dossier's content: names of fields and keys, no personal value."""
    entry = Entry(
        at=now,
        actor=Actor.user(actor),
        verb=verb,
        scope=application.campaign.slug,
        object_type="application",
        object_ref=application.ref,
        data=data,
    )
    note(entry)
