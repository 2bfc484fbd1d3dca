"""Where a candidacy may be transferred."""

from django.db.models import QuerySet

from admissions.models import ACCEPTED, Candidacy
from campaigns.models import Programme


def open_to_transfer(candidacy: Candidacy) -> QuerySet[Programme]:
    """The programmes of the same places and selection that the dossier has no candidacy to."""
    programme = candidacy.programme
    rows = Programme.objects.filter(pool=programme.pool_id, selection=programme.selection_id)
    rows = rows.exclude(candidacies__application=candidacy.application_id).order_by("position")
    return rows if candidacy.state in ACCEPTED else rows.none()
