"""Who studies what: the members of a jury, and the president of a school's jury (R-SEL-12)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from admissions.models.sealed import Conflict, JuryMember
from campaigns.models import Programme, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What someone studies of a selection, and over which of these programmes they preside."""

    user: User
    selection: Selection
    programmes: tuple[Programme, ...]
    presided: frozenset[int]

    @property
    def ids(self) -> list[int]:
        return [programme.pk for programme in self.programmes]


def judged_programmes(user: User) -> QuerySet[Any]:
    """The programmes whose candidacies `user` studies; `presided` says whether it is as a president."""
    grants = RoleGrant.objects.filter(user=user, user__is_active=True, school=OuterRef("school"))
    seats = JuryMember.objects.filter(
        Q(programme__isnull=True) | Q(programme=OuterRef("pk")),
        user=user,
        selection=OuterRef("selection"),
    )
    presided = Exists(grants.filter(role=Role.PRESIDENT))
    assigned = Exists(seats) & Exists(grants.filter(role=Role.JUROR))
    return Programme.objects.annotate(presided=presided).filter(Q(presided=True) | assigned)


def benches_of(user: User) -> tuple[Bench, ...]:
    """All that `user` studies, the latest campaign first."""
    rows = judged_programmes(user).select_related("selection__campaign")
    in_order = rows.order_by(
        "-campaign__opens_at", "campaign__slug", "selection__position", "position"
    )
    return tuple(_benches(user, in_order))


def bench_of(user: User, selection: Selection) -> Bench | None:
    return next(
        _benches(user, judged_programmes(user).filter(selection=selection).order_by("position")),
        None,
    )


def is_judged_by(user: User, candidacy: Candidacy) -> bool:
    """Whether a candidacy is at a stage, is assigned to `user`, and of nobody that `user` knows."""
    if candidacy.stage_id is None:
        return False
    known = Conflict.objects.filter(user=user, application=candidacy.application_id)
    return judged_programmes(user).filter(~Exists(known), pk=candidacy.programme_id).exists()


def is_presided_by(user: User, candidacy: Candidacy) -> bool:
    return judged_programmes(user).filter(pk=candidacy.programme_id, presided=True).exists()


def in_conflict(user: User, application_id: int) -> bool:
    return Conflict.objects.filter(user=user, application=application_id).exists()


def without_conflict(user: User, candidacies: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    return candidacies.exclude(
        Exists(Conflict.objects.filter(user=user, application=OuterRef("application")))
    )


def _benches(user: User, programmes: Iterable[Any]) -> Iterator[Bench]:
    by_selection: dict[int, list[Any]] = {}
    for programme in programmes:
        by_selection.setdefault(programme.selection_id, []).append(programme)
    for rows in by_selection.values():
        presided = frozenset(row.pk for row in rows if row.presided)
        yield Bench(
            user=user, selection=rows[0].selection, programmes=tuple(rows), presided=presided
        )
