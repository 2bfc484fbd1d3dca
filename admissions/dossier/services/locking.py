"""The first lines of every command on a dossier: it is locked, and open to whoever acts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.dossier.rules.acts import may_edit
from admissions.dossier.selectors.dossiers import situation_of
from admissions.models import Application
from common.refusals import refuse_unless, require


def lock_own_dossier(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless it is the actor's own."""
    application = lock_dossier(ref)
    require(can_act(actor, application))
    return application


def lock_draft(ref: str, actor: User, now: datetime) -> Application:
    """The actor's own draft, locked. Raises DomainError once it can no longer be changed."""
    application = lock_own_dossier(ref, actor)
    refuse_unless(may_edit(situation_of(application, now)))
    return application


def lock_dossier(ref: str) -> Application:
    """Without its two long columns: what was submitted, that only a submission adds to, and the notice."""
    rows = Application.objects.select_for_update(of=("self",)).defer(
        "snapshot", "campaign__current_version__document"
    )
    return rows.select_related(
        "campaign__organiser", "campaign__current_version", "person__user"
    ).get(ref=ref)


def day_of_dossier(application: Application, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(application.campaign.zone)).date()
