"""The list is final on its date: whoever was selected and holds no place by then is left out, and told (R-JOB-5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from admissions.dossier.services.endings import close
from admissions.models import Candidacy
from apprenticeship.models import HELD, Seat
from apprenticeship.services.access import lock_dossiers, locked_rows
from apprenticeship.services.letters import letter, said_of
from apprenticeship.services.search import BATCH, searching
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Milestone
from common.journal import SYSTEM, Stamp
from notifications.mails import Context, Kind, Refs
from notifications.queue import enqueue

KIND = "apprenticeship.search_closed"


def close_search(due: Due) -> Mapping[str, int]:
    """Batch by batch; again, nobody is left to close. A place that is held stays held, for the contract to follow.

    All dossiers are locked before the places that the first of them give back: approvals lock in that order.
    """
    closed = 0
    left = without_a_place(due.milestone)
    lock_dossiers(left)
    while wanted := list(left.values_list("pk", flat=True)[:BATCH]):
        rows = locked_rows(left, wanted)
        close(rows, Stamp(actor=SYSTEM, at=due.now))
        enqueue([message for row in rows for message in letter(row, KIND)], now=due.now)
        closed += len(rows)
    return {"closed": closed}


def preview(milestone: Milestone, now: datetime) -> Mapping[str, int]:  # noqa: ARG001 (what an action previews with)
    return {"closed": without_a_place(milestone).count()}


def without_a_place(milestone: Milestone) -> QuerySet[Candidacy]:
    """Of those that a milestone concerns; a place is held for one candidacy of a dossier."""
    held = Seat.objects.filter(project__candidacy=OuterRef("pk"), state=HELD)
    return searching(milestone, with_account=False).filter(~Exists(held))


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign", "application__person", "programme")
    rows = Candidacy.objects.select_related(*related).filter(ref__in={refs["candidacy"] for refs in batch})
    candidacies = {row.ref: row for row in rows}
    return [said_of(candidacies[refs["candidacy"]]) for refs in batch]


CLOSE_SEARCH = Effect(perform=close_search, preview=preview)
KINDS = (
    Kind(
        name=KIND,
        template="apprenticeship/mail/search_closed",
        build=build,
        readable=True,
        label=_("End of the search"),
    ),
)
