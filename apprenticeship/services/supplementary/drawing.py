"""The school draws the list up, in the order that the jury's criteria gave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.models import SEARCHING, Candidacy
from admissions.rules.moves import CandidacyAction
from admissions.services.access import refuse_unless
from admissions.services.moves import Stamp, move_candidacies
from apprenticeship import permissions
from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.supplementary import Terms, may_draw, may_list
from apprenticeship.selectors.supplementary import last_day_of, seekers, terms_of
from apprenticeship.services.access import day_in, locked_rows, stamp_of
from apprenticeship.services.pools import lock_pools
from apprenticeship.services.supplementary.letters import tell_listed
from campaigns.models import Campaign, Programme
from common.errors import DomainError, require
from common.rules.refusals import Refusal


def draw_list(*, programme_id: int, ranks: Mapping[str, int], actor: User, now: datetime) -> list[SupplementaryEntry]:
    """Put the candidacies of these references on the list, each at its rank, and tell them. Others may follow later.

    Raises DomainError, and lists nobody, unless the notice's conditions are met, the ranks follow those given before,
    the group can host them all and all of them still search.
    """
    with transaction.atomic():
        programme = Programme.objects.select_related("campaign__organiser", "school").get(pk=programme_id)
        require(permissions.can_draw_list(actor, programme))
        wanted = list(Candidacy.objects.filter(ref__in=ranks).values_list("pk", flat=True))
        found = locked_rows(seekers(programme), wanted)
        lock_pools([programme.pool_id])
        terms = _terms(programme, now)
        refuse_unless(may_draw(terms, day_in(programme.campaign, now)))
        refuse_unless(may_list(terms, list(ranks.values())))
        if len(found) != len(ranks):
            raise DomainError.of("no_longer_searching", count=len(ranks) - len(found))
        return _list(programme, found, ranks, terms, stamp_of(actor, now))


def no_other_start_under_a_list(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: trainees were told a last day, counted from the start of term; neither moves while they are there."""
    there = SupplementaryEntry.objects.filter(programme__campaign=campaign, candidacy__state__in=SEARCHING)
    told = list(there.values_list("until", flat=True).distinct())
    if not told or told == [last_day_of(campaign)]:
        return ()
    return (Refusal("trainees_were_told", {"on": max(told)}),)


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
