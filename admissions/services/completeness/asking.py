"""Pieces asked of the candidate, and the answer: given once nothing lacks any more."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Application
from admissions.rules.moves import ApplicationAction, ApplicationState
from admissions.selectors.dossiers import dossier_of
from admissions.services.access import day_of, refuse_unless
from admissions.services.completeness.access import handled
from admissions.services.completeness.messages import tell_asked
from admissions.services.moves import move_application
from common.journal import Actor, Stamp
from common.refusals import DomainError


def ask_pieces(*, ref: str, until: date, actor: User, now: datetime) -> Application:
    """Ask the candidate, by e-mail, for what is missing or was refused (R-APP-5). May be asked again."""
    with transaction.atomic():
        application = handled(ref, actor)
        dossier = dossier_of(application, now)
        refuse_unless(dossier.acts.ask)
        if until < day_of(application, now):
            raise DomainError.of("day_is_past")
        stamp = Stamp(actor=Actor.user(actor), at=now, data={"pieces": [fact.key for fact in dossier.checked.lacking]})
        move_application(application, ApplicationAction.ASK_PIECES, stamp, pieces_due_on=until)
        tell_asked(application, dossier_of(application, now).asked, now)
        return application


def answer_if_nothing_lacks(application: Application, actor: User, now: datetime) -> None:
    """Take a locked dossier back under check when the last piece asked for is there, whoever saw to it."""
    if application.state != ApplicationState.INCOMPLETE.value:
        return
    if not dossier_of(application, now).checked.lacking:
        stamp = Stamp(actor=Actor.user(actor), at=now)
        move_application(application, ApplicationAction.ANSWER, stamp, pieces_due_on=None)
