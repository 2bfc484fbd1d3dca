"""The option follows the company: a candidacy goes to another programme of the same places (domain-model.md §2.11)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Candidacy
from apprenticeship.places.mails import TRANSFERRED, mail_about
from apprenticeship.places.permissions import can_manage_seat
from apprenticeship.places.selectors import open_to_transfer
from apprenticeship.places.services.locking import lock_candidacy
from common.journal import Stamp, note
from common.refusals import DomainError
from notifications.queue import enqueue


def transfer_candidacy(
    *, candidacy_ref: str, programme_code: str, actor: User, now: datetime
) -> Candidacy:
    """Keep stage, decisions, project and seat; no fee is due. The candidate is told. Again, nothing more happens.

    Raises DomainError unless the programme shares the places and the selection, and is not applied to already.
    """
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        if candidacy.programme.code == programme_code:
            return candidacy
        target = open_to_transfer(candidacy).filter(code=programme_code).first()
        if target is None:
            raise DomainError.of("programme_shares_no_place")
        source, candidacy.programme = candidacy.programme, target
        candidacy.save(update_fields=["programme"])
        refs = {"from": source.code, "to": target.code}
        note(candidacy, "transfer", Stamp.of(actor, now, **refs))
        enqueue(
            mail_about(candidacy, TRANSFERRED, refs, key=f"{candidacy.ref}:{now.timestamp():.3f}"),
            now=now,
        )
        return candidacy
