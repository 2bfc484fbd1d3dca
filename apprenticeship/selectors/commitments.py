"""The commitment of a dossier, if one is open or firm."""

from admissions.models import Application
from apprenticeship.models import LIVE_COMMITTED, Commitment
from apprenticeship.rules.moves import CommitmentState


def live_commitment(application: Application) -> Commitment | None:
    rows = Commitment.objects.filter(application=application, state__in=LIVE_COMMITTED)
    return rows.select_related("project__company", "project__candidacy__programme").first()


def state_of(commitment: Commitment | None) -> CommitmentState | None:
    return CommitmentState(commitment.state) if commitment else None
