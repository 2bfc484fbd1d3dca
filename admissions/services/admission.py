"""A candidate is admitted, or no longer is. Whether it may be done is the business of the part that knows the seats."""

from admissions.models import Application, Candidacy
from admissions.rules.moves import LIVE_STATES, CandidacyAction
from admissions.services import messages
from admissions.services.leaving import leave
from admissions.services.moves import move_candidacies
from common.journal import Stamp

LIVE = [state.value for state in LIVE_STATES]


def admit_candidacy(candidacy: Candidacy, stamp: Stamp) -> None:
    """Admit a locked candidacy of a locked dossier: the other ones withdraw, and the candidate is told (R-JOB-5)."""
    move_candidacies([candidacy], CandidacyAction.ADMIT, stamp)
    others = _others(candidacy.application, candidacy)
    leave(others, stamp)
    messages.tell_admission(candidacy, others, stamp.at)


def revert_admission(candidacy: Candidacy, stamp: Stamp) -> None:
    """Take an admission back, for the reason in the stamp, which the candidate is told. What withdrew stays so."""
    move_candidacies([candidacy], CandidacyAction.REVERT, stamp)
    messages.tell_reversal(candidacy, stamp.reason, stamp.at)


def _others(application: Application, candidacy: Candidacy) -> list[Candidacy]:
    rows = application.candidacies.select_for_update(of=("self",)).exclude(pk=candidacy.pk).filter(state__in=LIVE)
    return list(rows.order_by("pk").select_related("programme", "application__campaign"))
