"""Those who search are told the places left, at the rhythm of the campaign's file (R-JOB-3)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from admissions.models import Candidacy
from admissions.places.selectors.pools import PoolCount
from apprenticeship.models import PlacesNews, SearchNews
from apprenticeship.search.mails import PlacesLeftMail, by_letter
from apprenticeship.search.selectors import (
    Telling,
    places_by_programme,
    tellings_due,
    told_of_search,
    told_otherwise,
)
from campaigns.models import Campaign
from notifications.queue import enqueue

BATCH = 500  # dossiers


def tell_places_left(now: datetime) -> None:
    """Sweep: on each day of the rhythm, once, those for whom other places are left than they were told."""
    for telling in tellings_due(now):
        with transaction.atomic():
            _tell(telling, now)


def _tell(telling: Telling, now: datetime) -> None:
    """The campaign is locked: of two schedulers, the second finds the day done."""
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(
        pk=telling.campaign.pk
    )
    if PlacesNews.objects.filter(campaign=campaign, day=telling.day).exists():
        return
    counts = places_by_programme(campaign, now)
    people = sum(_write(batch, counts, telling, now) for batch in _in_batches(campaign, counts))
    PlacesNews.objects.create(
        campaign=campaign, day=telling.day, at=now, people=people, places=_as_kept(counts)
    )


def _in_batches(campaign: Campaign, counts: Mapping[int, PoolCount]) -> Iterator[list[int]]:
    last, news = 0, told_otherwise(campaign, counts).order_by("candidacy__application_id")
    keys = news.values_list("candidacy__application_id", flat=True).distinct()
    while batch := list(keys.filter(candidacy__application__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]


def _write(
    batch: Sequence[int], counts: Mapping[int, PoolCount], telling: Telling, now: datetime
) -> int:
    """One letter for all that a dossier searches for, where one of the counts is new to it."""
    rows = list(told_of_search(batch))
    otherwise = told_otherwise(telling.campaign, counts).filter(candidacy__in=rows)
    news = set(otherwise.values_list("candidacy", flat=True))
    letters = [each for each in by_letter(rows) if any(row.pk in news for row in each)]
    enqueue([PlacesLeftMail.of(telling.day, each, counts, now) for each in letters], now=now)
    _keep([row for each in letters for row in each], counts)
    return len(letters)


def _keep(rows: Sequence[Candidacy], counts: Mapping[int, PoolCount]) -> None:
    """One statement for each number of places."""
    by_left: dict[int, list[int]] = {}
    for row in rows:
        by_left.setdefault(counts[row.programme_id].left, []).append(row.pk)
    for left, keys in by_left.items():
        SearchNews.objects.filter(candidacy__in=keys).update(left=left)


def _as_kept(counts: Mapping[int, PoolCount]) -> dict[str, dict[str, int]]:
    return {
        count.pool.key: {"left": count.left, "capacity": count.capacity}
        for count in counts.values()
    }
