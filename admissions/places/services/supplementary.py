"""The supplementary list: drawn in the jury's order, left when the time or the places are over (R-JOB-6)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.endings import close
from admissions.dossier.services.locking import lock_dossier
from admissions.models import SEARCHING, Candidacy, SupplementaryEntry
from admissions.places.mails import tell_left, tell_listed
from admissions.places.permissions import can_draw_list
from admissions.places.rules import Leaving, Terms, leaving, may_draw, may_list
from admissions.places.selectors.lists import (
    Trainee,
    entries_of,
    last_day_of,
    seekers,
    terms_of,
    trainees,
)
from admissions.places.selectors.pools import day_in, day_of_candidacy
from admissions.places.services.locking import lock_candidacies
from admissions.places.services.pools import lock_pools
from admissions.states import CandidacyAction
from campaigns.models import Campaign, Programme
from campaigns.notice.rows import document_of
from campaigns.notice.selectors import notice
from common.journal import SYSTEM, Stamp
from common.moves import move_all
from common.refusals import DomainError, refuse_unless, require
from common.rules import Refusal


def draw_list(
    *, programme_id: int, ranks: Mapping[str, int], actor: User, now: datetime
) -> list[SupplementaryEntry]:
    """Put the candidacies of these references on the list, each at its rank, and tell them. Others may follow later.

    The same ranks again change nothing. Raises DomainError, and lists nobody, unless the notice's conditions are met,
    the ranks follow those given before, the group can host them all and all of them still search.
    """
    with transaction.atomic():
        programme = Programme.objects.select_related("campaign__organiser", "school").get(
            pk=programme_id
        )
        require(can_draw_list(actor, programme))
        _keep_the_term(programme)
        known = list(entries_of(programme).filter(candidacy__ref__in=ranks))
        if known and {entry.candidacy.ref: entry.rank for entry in known} == ranks:
            return known
        wanted = list(Candidacy.objects.filter(ref__in=ranks).values_list("pk", flat=True))
        found = lock_candidacies(seekers(programme), wanted)
        lock_pools([programme.pool_id])
        terms = _terms(programme, now)
        refuse_unless(may_draw(terms, day_in(programme.campaign, now)))
        if len(found) != len(ranks):
            raise DomainError.of("no_longer_searching", count=len(ranks) - len(found))
        refuse_unless(may_list(terms, list(ranks.values())))
        return _list(programme, found, ranks, terms, Stamp.of(actor, now))


def no_other_last_day_under_a_list(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: trainees were told a last day, counted from the start of term; no change moves it while they are there."""
    there = SupplementaryEntry.objects.filter(
        programme__campaign=campaign, candidacy__state__in=SEARCHING
    )
    told = there.order_by("until").last()
    if told is None or campaign.current_version_id is None:
        return ()
    if last_day_of(notice(campaign.current_version_id)) == last_day_of(document_of(campaign)):
        return ()
    return (Refusal("trainees_were_told", {"on": told.until}),)


def _keep_the_term(programme: Programme) -> None:
    """Its campaign locked before its dossiers: the last day that is told cannot move meanwhile."""
    Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.campaign_id)


def _terms(programme: Programme, now: datetime) -> Terms:
    terms = terms_of(programme, now)
    if terms is None:
        raise DomainError.of("no_supplementary_list")
    return terms


def _list(
    programme: Programme,
    rows: Sequence[Candidacy],
    ranks: Mapping[str, int],
    terms: Terms,
    stamp: Stamp,
) -> list[SupplementaryEntry]:
    for row in rows:
        ranked = replace(stamp, data={"rank": ranks[row.ref], "until": terms.last_day.isoformat()})
        move_all([row], CandidacyAction.LIST_AS_TRAINEE, ranked)
    entries = SupplementaryEntry.objects.bulk_create(
        SupplementaryEntry(
            candidacy=row,
            programme=programme,
            rank=ranks[row.ref],
            until=terms.last_day,
            listed_at=stamp.at,
        )
        for row in rows
    )
    tell_listed(entries, terms.term, stamp.at)
    return entries


logger = logging.getLogger(__name__)


def end_trainees(now: datetime) -> None:
    """Sweep: one at a time, since whoever leaves may give back the place that another waits for."""
    for trainee in trainees():
        if _leaving(trainee, now):
            try:
                _end(trainee.entry, now)
            except Exception:
                logger.exception(
                    "%s could not leave the supplementary list", trainee.entry.candidacy.ref
                )


def _end(entry: SupplementaryEntry, now: datetime) -> None:
    """Looked at again once the dossier and its places are locked: a place may have come, or a signature."""
    with transaction.atomic():
        application = lock_dossier(entry.candidacy.application.ref)
        lock_pools([entry.candidacy.programme.pool_id])
        for trainee in trainees(entry):
            why = _leaving(trainee, now)
            if why:
                candidacy = trainee.entry.candidacy
                candidacy.application = application
                close([candidacy], Stamp.of(SYSTEM, now, why=why))
                tell_left(trainee.entry, why, now)


def _leaving(trainee: Trainee, now: datetime) -> Leaving | None:
    return leaving(
        today=day_of_candidacy(trainee.entry.candidacy, now),
        until=trainee.entry.until,
        signed=trainee.signed,
        held=trainee.held,
        vacant=trainee.vacant,
    )
