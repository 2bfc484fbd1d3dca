"""The school draws the list up, in the order that the jury's criteria gave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.moves import move_candidacies, refuse_unless
from admissions.models import SEARCHING, Candidacy
from admissions.states import CandidacyAction
from apprenticeship import permissions
from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.supplementary import Terms, may_draw, may_list
from apprenticeship.selectors.supplementary import entries_of, last_day_of, seekers, terms_of
from apprenticeship.services.access import day_in, locked_rows, stamp_of
from apprenticeship.services.pools import lock_pools
from apprenticeship.services.supplementary.letters import tell_listed
from campaigns.models import Campaign, Programme
from campaigns.notice.rows import document_of
from campaigns.notice.selectors import notice
from common.journal import Stamp
from common.refusals import DomainError, require
from common.rules.refusals import Refusal


def draw_list(*, programme_id: int, ranks: Mapping[str, int], actor: User, now: datetime) -> list[SupplementaryEntry]:
    """Put the candidacies of these references on the list, each at its rank, and tell them. Others may follow later.

    The same ranks again change nothing. Raises DomainError, and lists nobody, unless the notice's conditions are met,
    the ranks follow those given before, the group can host them all and all of them still search.
    """
    with transaction.atomic():
        programme = Programme.objects.select_related("campaign__organiser", "school").get(pk=programme_id)
        require(permissions.can_draw_list(actor, programme))
        _keep_the_term(programme)
        known = list(entries_of(programme).filter(candidacy__ref__in=ranks))
        if known and {entry.candidacy.ref: entry.rank for entry in known} == ranks:
            return known
        wanted = list(Candidacy.objects.filter(ref__in=ranks).values_list("pk", flat=True))
        found = locked_rows(seekers(programme), wanted)
        lock_pools([programme.pool_id])
        terms = _terms(programme, now)
        refuse_unless(may_draw(terms, day_in(programme.campaign, now)))
        if len(found) != len(ranks):
            raise DomainError.of("no_longer_searching", count=len(ranks) - len(found))
        refuse_unless(may_list(terms, list(ranks.values())))
        return _list(programme, found, ranks, terms, stamp_of(actor, now))


def no_other_last_day_under_a_list(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: trainees were told a last day, counted from the start of term; no change moves it while they are there."""
    there = SupplementaryEntry.objects.filter(programme__campaign=campaign, candidacy__state__in=SEARCHING)
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
    programme: Programme, rows: Sequence[Candidacy], ranks: Mapping[str, int], terms: Terms, stamp: Stamp
) -> list[SupplementaryEntry]:
    for row in rows:
        ranked = replace(stamp, data={"rank": ranks[row.ref], "until": terms.last_day.isoformat()})
        move_candidacies([row], CandidacyAction.LIST_AS_TRAINEE, ranked)
    entries = SupplementaryEntry.objects.bulk_create(
        SupplementaryEntry(
            candidacy=row, programme=programme, rank=ranks[row.ref], until=terms.last_day, listed_at=stamp.at
        )
        for row in rows
    )
    tell_listed(entries, terms.term, stamp.at)
    return entries
