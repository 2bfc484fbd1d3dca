"""Every dossier handed to the jury at once: the central service’s own checks are to be played here."""

from datetime import datetime, timedelta
from functools import partial

from admissions.models import Application
from admissions.rules.moves import ApplicationAction, ApplicationState, CandidacyAction
from admissions.services.moves import Stamp, move_application, move_candidacies
from campaigns.models import Stage
from common.actors import SYSTEM
from config.rehearsal.season import Season

AFTER = timedelta(days=1)


def plan(season: Season) -> None:
    season.agenda.plan(season.notice.last_second + AFTER, "check", "Dossiers declared complete", partial(_all, season))


def _all(season: Season, at: datetime) -> int:
    dossiers = list(
        Application.objects.filter(campaign=season.campaign, state=ApplicationState.SUBMITTED.value).order_by("pk")
    )
    stamp = Stamp(actor=SYSTEM, at=at)
    for dossier in dossiers:
        move_application(dossier, ApplicationAction.DECLARE_COMPLETE, stamp)
        for row in dossier.candidacies.filter(state="submitted"):
            sel = row.programme.selection
            stage = Stage.objects.get(selection=sel, key=sel.first)
            move_candidacies([row], CandidacyAction.ENTER, stamp, stage=stage, sort_key=dossier.person.sort_key)
    return len(dossiers)
