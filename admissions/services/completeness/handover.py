"""Declare a dossier complete: its candidacies enter the first stage of their selection (R-APP-8)."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.rules.moves import ApplicationAction, ApplicationState, CandidacyAction, CandidacyState
from admissions.selectors.dossiers import dossier_of
from admissions.services.access import refuse_unless
from admissions.services.completeness.access import handled
from admissions.services.completeness.messages import tell_complete
from admissions.services.moves import move_application, move_candidacies
from campaigns.models import Stage
from common.journal import Actor, Stamp


def declare_complete(*, ref: str, actor: User, now: datetime) -> Application:
    """Hand the dossier to the jury, and tell the candidate. Raises DomainError with every reason not to."""
    with transaction.atomic():
        application = handled(ref, actor)
        if application.state == ApplicationState.COMPLETE.value:
            return application
        dossier = dossier_of(application, now)
        refuse_unless(dossier.acts.declare_complete)
        stamp = Stamp(actor=Actor.user(actor), at=now)
        entering = _enter(application, stamp)
        move_application(application, ApplicationAction.DECLARE_COMPLETE, stamp, completed_at=now)
        tell_complete(application, entering, dossier.awaited, now)
        return application


def _enter(application: Application, stamp: Stamp) -> list[Candidacy]:
    """Move what was submitted to the first stage of its programme's selection, in the order of the jury's list."""
    submitted = application.candidacies.filter(state=CandidacyState.SUBMITTED.value).order_by("programme__position")
    entering = list(
        submitted.select_for_update(of=("self",)).select_related("programme__selection", "application__campaign")
    )
    by_first: dict[tuple[int, str], list[Candidacy]] = defaultdict(list)
    for candidacy in entering:
        selection = candidacy.programme.selection
        by_first[selection.pk, selection.first].append(candidacy)
    for (selection_id, key), candidacies in by_first.items():
        first = Stage.objects.get(selection=selection_id, key=key)
        listed = {"sort_key": application.person.sort_key, "received_at": application.received_at}
        move_candidacies(candidacies, CandidacyAction.ENTER, stamp, stage=first, **listed)
    return entering
