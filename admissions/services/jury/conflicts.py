"""A juror who knows a candidate says so, and sees that dossier no more."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models.sealed import Conflict, Decision
from admissions.services.jury.access import judged, note_sealed, stamped
from admissions.services.jury.decisions import SEALED


def declare_conflict(*, candidacy_ref: str, actor: User, now: datetime) -> Conflict:
    """Close a dossier to the actor, for good. What they decided of it stays, and the president is told."""
    with transaction.atomic():
        candidacy = judged(candidacy_ref, actor)
        conflict = Conflict.objects.create(user=actor, application=candidacy.application, declared_at=now)
        theirs = Decision.objects.filter(
            candidacy__application=candidacy.application_id, by=actor, state__in=SEALED
        ).count()
        note_sealed(candidacy, "declare_conflict", "conflict", stamped(actor, now, decisions=theirs))
        return conflict
