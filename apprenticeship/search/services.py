"""The search for a company begins on its date (R-JOB-1), and the list is final on another (R-JOB-5)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from admissions.dossier.services.endings import close
from admissions.models import SEAT_HELD, Candidacy, Seat
from admissions.places.mails import searcher
from admissions.places.selectors.pools import PoolCount, count_pools
from admissions.places.services.locking import lock_candidacies, lock_dossiers
from admissions.states import CandidacyState
from apprenticeship.search.mails import SearchClosedMail, SearchOpenMail
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.states import RunState
from campaigns.vocabulary import AdmissionWay, MilestoneAction
from common.journal import SYSTEM, Stamp
from notifications.models import Notification
from notifications.queue import enqueue

BATCH = 500
LONGEST = timedelta(
    days=1
)  # an announcement bears the hour at which it began, and may end after the search did


def start_search(due: Due) -> Mapping[str, int]:
    """Tell all who are selected in the milestone's scope, batch by batch: once each, however often it is called."""
    left = _places(due.campaign, due.now)
    told = 0
    for rows in _in_batches(searching(due.milestone)):
        enqueue(_opened(rows, due.milestone, left, due.now), now=due.now)
        told += len(rows)
    return {"told": told}


def preview_opening(milestone: Milestone, now: datetime) -> Mapping[str, int]:  # noqa: ARG001 (what an action previews with)
    return {"told": searching(milestone).count()}


def tell_those_selected_since(now: datetime) -> None:
    """Sweep: whoever was selected once the search had begun, by a late announcement or a rectification."""
    done = MilestoneRun.objects.filter(
        milestone__action=MilestoneAction.START_SEARCH,
        state=RunState.DONE,
        finished_at__lte=now,
    )
    for run in done.select_related("milestone__campaign").order_by("pk"):
        key = Concat(Value(SearchOpenMail.key_prefix(run.milestone_id)), OuterRef("ref"))
        told = Exists(Notification.objects.filter(dedupe_key=key))
        assert run.finished_at, "a run that is done has an end"
        since = run.finished_at - LONGEST
        rows = list(searching(run.milestone).filter(~told, told_at__gt=since)[:BATCH])
        if rows:
            left = _places(run.milestone.campaign, now)
            enqueue(_opened(rows, run.milestone, left, now), now=now)


def searching(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those of them who look for a company: their admission rests on a contract."""
    return selected(milestone).filter(programme__admission=AdmissionWay.CONTRACT)


def selected(milestone: Milestone) -> QuerySet[Candidacy]:
    """Those selected for the programmes that a milestone concerns."""
    rows = Candidacy.objects.filter(
        programme__campaign=milestone.campaign_id, state=CandidacyState.SELECTED
    )
    if milestone.scope:
        rows = rows.filter(
            Q(programme__code__in=milestone.scope)
            | Q(programme__selection__key__in=milestone.scope)
        )
    return rows.select_related("application__person__user", "programme").order_by("pk")


def _places(campaign: Campaign, now: datetime) -> dict[int, PoolCount]:
    """What is left for each programme, by its id."""
    return {
        programme.pk: count
        for count in count_pools(campaign, now)
        for programme in count.programmes
    }


def _in_batches(rows: QuerySet[Candidacy]) -> Iterator[Sequence[Candidacy]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _opened(
    rows: Sequence[Candidacy], milestone: Milestone, left: Mapping[int, PoolCount], now: datetime
) -> list[SearchOpenMail]:
    return [
        SearchOpenMail(
            recipient=searcher(row),
            candidacy=row.ref,
            left=left[row.programme_id].left,
            capacity=left[row.programme_id].capacity,
            at=now,
            milestone=milestone.pk,
        )
        for row in rows
    ]


START_SEARCH = Effect(perform=start_search, preview=preview_opening)


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
