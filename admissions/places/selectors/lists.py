"""Who is on a supplementary list, who may be, and until when (R-JOB-6)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import SEARCHING, SEAT_HELD, Application, Candidacy, Seat, SupplementaryEntry
from admissions.places.permissions import READERS
from admissions.places.rules import Terms, last_day
from admissions.places.selectors.pools import count_pool
from admissions.states import CandidacyState
from campaigns.document.schema import TERM, CampaignDocument
from campaigns.models import Campaign, Milestone, Pool, Programme, SearchRule
from campaigns.vocabulary import AdmissionWay, MilestoneStatus

Signatures = Callable[[], QuerySet[Any]]
_signatures: dict[str, Signatures] = {}


def register_signatures(name: str, signatures: Signatures) -> None:
    """Say what `signatures()` finds signed for an entry's dossier, and standing at the end of its last day.

    The rows are those of a subquery: they refer to the entry by `OuterRef`.
    """
    _signatures[name] = signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Someone on a supplementary list, with what decides whether they stay."""

    entry: SupplementaryEntry
    held: bool
    signed: bool
    vacant: int  # places of the group


def lists_read(user: User, pool: Pool) -> QuerySet[Programme]:
    """The programmes of a pool whose supplementary list the person may read, as `can_see_list` says."""
    schools = schools_of(user, *READERS)
    followed = Q(school__in=schools) | Q(campaign__organiser__in=schools)
    return Programme.objects.filter(
        followed,
        pool=pool,
        admission=AdmissionWay.CONTRACT,
        campaign__search_rule__supplementary_days__isnull=False,
    )


def terms_of(programme: Programme, now: datetime) -> Terms | None:
    """None where the notice knows no supplementary list. Places count as vacant for the whole pool."""
    rule = _rules(programme.campaign).first()
    if rule is None:
        return None
    term = _term(programme.campaign)
    assert rule.supplementary_days is not None, "of those that have one"
    return Terms(
        term=_first_day(term, programme.campaign),
        confirmed=term.status != MilestoneStatus.ASSUMED,
        days_before=rule.supplementary_days,
        months_after=rule.supplementary_months or 0,
        only_if_short=rule.supplementary_only_if_short,
        vacant=count_pool(programme.pool_id, now).left,
        seekers=seekers(programme).count(),
        sharing=_seekers()
        .filter(programme__pool=programme.pool_id)
        .values("application")
        .distinct()
        .count(),
        listed=entries_of(programme).count(),
        trainees=to_be_hosted(programme.pool_id),
    )


def last_day_of(document: CampaignDocument) -> date | None:
    """On which those listed may still sign, as the notice counts it; None where it knows no list."""
    rule = document.search.supplementary
    return last_day(document.starts_on, rule.months_after) if rule else None


def listable(programme: Programme, typed: Collection[str] = ()) -> QuerySet[Candidacy]:
    """Those who may be ranked, and those beside whom a rank was typed, who may have left meanwhile: by name."""
    rows = Candidacy.objects.filter(Q(pk__in=_seekers()) | Q(ref__in=typed), programme=programme)
    return rows.select_related("application").order_by("sort_key", "pk")


def seekers(programme: Programme) -> QuerySet[Candidacy]:
    """Those selected who hold no place anywhere and are on no list."""
    return _seekers().filter(programme=programme)


def entries_of(programme: Programme) -> QuerySet[SupplementaryEntry]:
    rows = SupplementaryEntry.objects.filter(programme=programme).order_by("rank")
    return rows.select_related("candidacy__application")


def to_be_hosted(pool_id: int, *, besides: Application | None = None) -> int:
    """How many trainees share the places of a pool, beside those held: who neither left nor has a place."""
    rows = SupplementaryEntry.objects.filter(
        candidacy__programme__pool=pool_id, candidacy__state__in=SEARCHING
    )
    return rows.filter(~Exists(_held())).exclude(candidacy__application=besides).count()


def trainees(entry: SupplementaryEntry | None = None) -> list[Trainee]:
    """Whoever is on a list and not admitted, or one of them alone; those whose time ends first, first. One query.

    Who holds a place for another candidacy is left out: that place decides (requirements.md, reading 8).
    """
    elsewhere = _held().exclude(candidacy=OuterRef("candidacy"))
    taken = Count(
        "candidacy__programme__pool__seats",
        filter=Q(candidacy__programme__pool__seats__state=SEAT_HELD),
    )
    rows = SupplementaryEntry.objects.filter(~Exists(elsewhere), candidacy__state__in=SEARCHING)
    if entry:
        rows = rows.filter(pk=entry.pk)
    rows = rows.annotate(
        held=Exists(_held()),
        signed=Case(When(_signed_in_time(), then=True), default=False),
        taken=taken,
    )
    related = (
        "candidacy__programme__pool",
        "candidacy__application__campaign",
        "candidacy__application__person__user",
        "programme",
    )
    return [
        Trainee(
            entry=row,
            held=row.held,
            signed=row.signed,
            vacant=row.candidacy.programme.pool.capacity - row.taken,
        )
        for row in rows.select_related(*related).order_by("until", "pk")
    ]


def sign_by(candidacy: Candidacy) -> date | None:
    return last_days([candidacy]).get(candidacy.pk)


def last_days(candidacies: Collection[Candidacy]) -> dict[int, date]:
    """The last day to sign a contract, by key of those on a list; none once one stood signed on that day."""
    rows = SupplementaryEntry.objects.filter(~_signed_in_time(), candidacy__in=candidacies)
    return dict(rows.values_list("candidacy", "until"))


def entry_of(application: Application) -> SupplementaryEntry | None:
    """The list that one who still searches is on."""
    rows = SupplementaryEntry.objects.filter(
        candidacy__application=application, candidacy__state__in=SEARCHING
    )
    return rows.select_related("programme", "candidacy").first()


def _seekers() -> QuerySet[Candidacy]:
    held = Seat.objects.filter(application=OuterRef("application"), state=SEAT_HELD)
    listed = Candidacy.objects.filter(
        application=OuterRef("application"), state=CandidacyState.TRAINEE
    )
    rows = Candidacy.objects.filter(~Exists(held), ~Exists(listed), state=CandidacyState.SELECTED)
    return rows.filter(supplementary_entry__isnull=True, programme__admission=AdmissionWay.CONTRACT)


def _held() -> QuerySet[Seat]:
    """The place of an entry's dossier."""
    return Seat.objects.filter(application=OuterRef("candidacy__application"), state=SEAT_HELD)


def _signed_in_time() -> Q:
    """What stood signed at the end of an entry's last day, whatever became of it since."""
    return reduce(or_, (Q(Exists(find())) for find in _signatures.values()), Q(pk__in=[]))


def _term(campaign: Campaign) -> Milestone:
    return Milestone.objects.get(campaign=campaign, key=TERM)


def _first_day(term: Milestone, campaign: Campaign) -> date:
    starts_at = term.starts_at or term.ends_at
    assert starts_at, "a term has a date"
    return starts_at.astimezone(ZoneInfo(campaign.zone)).date()


def _rules(campaign: Campaign) -> QuerySet[SearchRule]:
    return SearchRule.objects.filter(campaign=campaign, supplementary_days__isnull=False)
