"""The first lines of every command on a dossier: it is locked, and open to whoever acts."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import User
from admissions.dossier.permissions import can_act, can_handle
from admissions.dossier.rules import may_edit
from admissions.dossier.selectors.dossiers import situation_of
from admissions.models import Application, Candidacy
from campaigns.models import Campaign
from common.journal import Stamp
from common.refusals import refuse_unless, require


def lock_own_dossier(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless it is the actor's own, or the actor types it."""
    application = lock_dossier(ref)
    require(can_act(actor, application))
    return application


def stamp_for(application: Application, actor: User, now: datetime, reason: str = "") -> Stamp:
    """Of every command that is the candidate's: whoever acts for them says so, and the journal names both."""
    person = application.person
    behalf = "" if person.user_id == actor.pk else f"person:{person.pk}"
    return replace(Stamp.of(actor, now, reason), on_behalf_of=behalf)


def lock_to_edit(ref: str, actor: User, now: datetime) -> Application:
    """The same. Raises DomainError once what is said in it can no longer be changed."""
    application = lock_own_dossier(ref, actor)
    refuse_unless(may_edit(situation_of(application, now)))
    return application


def lock_addresses(**campaign: str) -> Campaign:
    """The campaign, before people and dossiers: an address has one of its dossiers, so one at a time writes any."""
    return Campaign.objects.select_for_update(of=("self",), no_key=True).get(**campaign)


def lock_dossier(ref: str) -> Application:
    """Locked by a query of its own, then read: what is joined to a row that was waited for is as it stood before.

    Without long columns: the notice, and what was submitted last.
    """
    locked = Application.objects.select_for_update(of=("self",)).only("pk").get(ref=ref)
    related = (
        "campaign__organiser",
        "campaign__current_version",
        "person__user",
        "last_submission",
    )
    rows = Application.objects.select_related(*related)
    return rows.defer("campaign__current_version__document", "last_submission__content").get(
        pk=locked.pk
    )


def lock_handled_dossier(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless the actor's central service handles it."""
    application = lock_dossier(ref)
    require(can_handle(actor, application))
    return application


def lock_with_dossier(candidacy: Candidacy) -> Candidacy:
    """A candidacy, read anew under the lock of its dossier, which is taken first: the order of all that holds seats."""
    application = lock_dossier(candidacy.application.ref)
    rows = Candidacy.objects.select_for_update(of=("self",)).select_related("programme__school")
    locked = rows.get(pk=candidacy.pk)
    locked.application = application
    return locked


def lock_candidacies_of(application: Application) -> QuerySet[Candidacy]:
    """Under lock: an announcement, which locks no dossier, must not move them meanwhile."""
    rows = application.candidacies.select_for_update(of=("self",)).order_by("pk")
    return rows.select_related("programme", "application__campaign")


def day_of_dossier(application: Application, now: datetime) -> date:
    """Today, where the campaign is."""
    return now.astimezone(ZoneInfo(application.campaign.zone)).date()
