"""The search for a company begins on its date: each candidate is told once (R-JOB-1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from admissions.models import Candidacy
from admissions.places.selectors.pools import PoolCount
from admissions.places.services.locking import lock_dossiers
from apprenticeship.models import SearchNews
from apprenticeship.search.mails import SearchOpenMail, by_letter
from apprenticeship.search.selectors import places_by_programme, searching, untold
from campaigns.calendar.effects import Due, Effect
from campaigns.models import Campaign, Milestone, MilestoneRun
from campaigns.states import RunState
from campaigns.vocabulary import MilestoneAction
from notifications.queue import enqueue

BATCH = 500  # dossiers
LONGEST = timedelta(
    days=1
)  # an announcement bears the hour at which it began, and may end after the search did


def start_search(due: Due) -> Mapping[str, int]:
    """Tell all who are selected in the milestone's scope and were not told by another: once each."""
    return {"told": _tell(searching(due.milestone), due.campaign, due.now)}


def preview_opening(milestone: Milestone, now: datetime) -> Mapping[str, int]:  # noqa: ARG001 (what an action previews with)
    rows = untold(searching(milestone))
    return {"told": rows.order_by().values("application", "programme__school").distinct().count()}


def tell_those_selected_since(now: datetime) -> None:
    """Sweep: whoever was selected once the search had begun, by a late announcement or a rectification."""
    done = MilestoneRun.objects.filter(
        milestone__action=MilestoneAction.START_SEARCH,
        state=RunState.DONE,
        finished_at__lte=now,
    )
    for run in done.select_related("milestone__campaign").order_by("pk"):
        assert run.finished_at, "a run that is done has an end"
        rows = searching(run.milestone).filter(told_at__gt=run.finished_at - LONGEST)
        if untold(rows).exists():
            with transaction.atomic():
                _tell(rows, run.milestone.campaign, now)


def _tell(wanted: QuerySet[Candidacy], campaign: Campaign, now: datetime) -> int:
    """One letter for the candidacies of a dossier, dossiers batch by batch; how many letters."""
    counts = places_by_programme(campaign, now)
    told = last = 0
    while batch := _dossiers(wanted, last):
        lock_dossiers(Candidacy.objects.filter(application__in=batch))
        found = list(untold(wanted).filter(application__in=batch).order_by("application_id", "pk"))
        _keep(found, counts, now)
        mails = [SearchOpenMail.of(rows, counts, now) for rows in by_letter(found)]
        enqueue(mails, now=now)
        told += len(mails)
        last = batch[-1]
    return told


def _dossiers(rows: QuerySet[Candidacy], after: int) -> list[int]:
    keys = untold(rows).filter(application__gt=after).order_by("application_id")
    return list(keys.values_list("application_id", flat=True).distinct()[:BATCH])


def _keep(rows: Sequence[Candidacy], counts: Mapping[int, PoolCount], now: datetime) -> None:
    SearchNews.objects.bulk_create(
        SearchNews(candidacy=row, begun_at=now, left=counts[row.programme_id].left) for row in rows
    )


START_SEARCH = Effect(perform=start_search, preview=preview_opening)
