"""The first lines of the central service's commands."""

from datetime import datetime

from accounts.models import User
from admissions import permissions
from admissions.models import Application, Document
from admissions.rules.acts import may_check
from admissions.selectors.situations import situation_of
from admissions.services.access import locked, refuse_unless
from campaigns.vocabulary import Needed
from common.refusals import require


def handled(ref: str, actor: User) -> Application:
    """The dossier, locked. Raises NotAllowedError unless the actor's central service handles it."""
    application = locked(ref)
    require(permissions.can_handle(actor, application))
    return application


def checkable(application: Application, document_ref: str, now: datetime) -> Document:
    """A piece of a locked dossier. Raises DomainError when it is no longer checked."""
    document = application.documents.select_related("requirement").get(ref=document_ref)
    refuse_unless(may_check(situation_of(application, now), Needed(document.requirement.needed)))
    return document
