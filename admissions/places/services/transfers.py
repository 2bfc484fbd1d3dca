"""The option follows the company: a candidacy goes to another programme of the same places (domain-model.md §2.11)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Candidacy
from admissions.places.mails import tell_transferred
from admissions.places.permissions import can_manage_seat
from admissions.places.selectors.pools import open_to_transfer
from admissions.places.services.locking import lock_candidacy
from common.journal import Stamp, note
from common.refusals import DomainError


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
        note(
            candidacy, "transfer", Stamp.of(actor, now, **{"from": source.code, "to": target.code})
        )
        tell_transferred(candidacy, source=source.code, target=target.code, now=now)
        return candidacy
