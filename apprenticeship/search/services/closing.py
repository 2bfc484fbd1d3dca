"""The list is final on its date: whoever is selected and holds no place leaves (R-JOB-5)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from admissions.dossier.services.endings import close
from admissions.models import SEAT_HELD, Candidacy, Seat
from admissions.places.mails import searcher
from admissions.places.services.locking import lock_candidacies, lock_dossiers
from apprenticeship.search.mails import SearchClosedMail
from apprenticeship.search.selectors import selected
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Milestone
from common.journal import SYSTEM, Stamp
from notifications.queue import enqueue

BATCH = 500


def close_search(due: Due) -> Mapping[str, int]:
    """Batch by batch; again, nobody is left to close. A place that is held stays held, for the contract to follow.

    All dossiers are locked before the places that the first of them give back: approvals lock in that order.
    """
    closed = 0
    left = without_a_place(due.milestone)
    lock_dossiers(left)
    while wanted := list(left.values_list("pk", flat=True)[:BATCH]):
        rows = lock_candidacies(left, wanted)
        close(rows, Stamp.of(SYSTEM, due.now))
        mails = [SearchClosedMail(recipient=searcher(row), candidacy=row.ref) for row in rows]
        enqueue(mails, now=due.now)
        closed += len(rows)
    return {"closed": closed}


def preview_closing(milestone: Milestone, now: datetime) -> Mapping[str, int]:  # noqa: ARG001 (what an action previews with)
    return {"closed": without_a_place(milestone).count()}


def without_a_place(milestone: Milestone) -> QuerySet[Candidacy]:
    """Of those that a milestone concerns; a place is held for one candidacy of a dossier."""
    held = Seat.objects.filter(candidacy=OuterRef("pk"), state=SEAT_HELD)
    return selected(milestone).filter(~Exists(held))


CLOSE_SEARCH = Effect(perform=close_search, preview=preview_closing)
