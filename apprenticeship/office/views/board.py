"""The board of places and how many there are of each, under /admin/seats/."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from admissions.dossier.permissions import can_consult
from admissions.models import Candidacy
from admissions.places.permissions import can_admit, can_manage_seat, can_see_seat, can_set_capacity
from admissions.places.selectors.lists import lists_read
from admissions.places.selectors.pools import (
    PoolCount,
    capacity_changes,
    count_pool,
    count_pools,
)
from admissions.places.services.pools import raise_capacity
from apprenticeship.office.forms import CapacityForm
from apprenticeship.office.presentation import before_changing_capacity
from apprenticeship.office.selectors import (
    admission_file,
    board_rows,
    followed,
    rows_without_a_place,
    seat_campaigns,
    seats_of,
    without_a_place,
)
from apprenticeship.projects.selectors import under_way
from apprenticeship.search.selectors import news_of
from campaigns.models import Pool
from common.formats import localized
from common.rules import Verdict
from screens.acts import Act, Aim, perform

PER_PAGE = 50
WITHOUT = "without"  # those selected who have no place
Right = Callable[[User, Candidacy], Verdict]


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who reads may do here."""

    manage: bool
    admit: bool
    consult: bool


@require_safe
def seat_board(request: PersonRequest) -> HttpResponseBase:
    """A campaign's pools; of one of them, who holds a place and who waits, or who is selected and has none."""
    campaigns = list(seat_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.get("campaign")
    campaign = next((row for row in campaigns if row.slug == asked), None) or under_way(campaigns)
    counts = count_pools(campaign, request.received_at)
    count = next(
        (count for count in counts if count.pool.key == request.GET.get("pool")), counts[0]
    )
    shows_seats = request.GET.get("show") != WITHOUT
    without = without_a_place(request.user, count.pool)
    listed: QuerySet[Any] = seats_of(request.user, count.pool) if shows_seats else without
    page: Page[Any] = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    rows = board_rows if shows_seats else rows_without_a_place
    address = f"campaign={campaign.slug}&pool={count.pool.key}"
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "counts": counts,
        "count": count,
        "page": page,
        "rows": rows(page.object_list),
        "shows_seats": shows_seats,
        "without": without.count(),
        "address": address,
        "told": news_of(campaign),
        "lists": lists_read(request.user, count.pool),
        "may_set_capacity": bool(can_set_capacity(request.user, campaign)),
        "query": address if shows_seats else f"{address}&show={WITHOUT}",
    }
    return render(request, "apprenticeship/office/board.html", context)


@require_safe
def seat_dossier(request: PersonRequest, ref: str) -> HttpResponseBase:
    candidacy = followed_or_404(request.user, ref)
    rights = Rights(
        manage=bool(can_manage_seat(request.user, candidacy)),
        admit=bool(can_admit(request.user, candidacy)),
        consult=bool(can_consult(request.user, candidacy.application)),
    )
    context = {
        "file": admission_file(candidacy),
        "rights": rights,
        "campaign": candidacy.application.campaign,
    }
    return render(request, "apprenticeship/office/dossier.html", context)


def followed_or_404(user: User, ref: str, may: Right = can_see_seat) -> Candidacy:
    """For those who may not, it does not exist."""
    candidacy = followed(ref)
    if candidacy is None or not may(user, candidacy):
        raise Http404
    return candidacy


@require_http_methods(["GET", "POST"])
def seat_capacity(request: PersonRequest, slug: str, pool: str) -> HttpResponseBase:
    """Says what more places would do, and what was changed before."""
    row = (
        Pool.objects.select_related("campaign__organiser")
        .filter(campaign__slug=slug, key=pool)
        .first()
    )
    if row is None or not can_set_capacity(request.user, row.campaign):
        raise Http404
    count = count_pool(row.pk, request.received_at)
    aim = Aim(
        thing=count,
        named={"pool_id": row.pk},
        about=_("Places"),
        back=f"{reverse('seat_board')}?campaign={slug}&pool={pool}",
        detail=", ".join(localized(programme.title) for programme in count.programmes),
        more={"campaign": row.campaign, "count": count, "changes": capacity_changes(row)},
    )
    return perform(request, CHANGE_CAPACITY, aim)


CHANGE_CAPACITY = Act[PoolCount](
    command=raise_capacity,
    title=gettext_lazy("Number of places"),
    button=gettext_lazy("Change the number of places"),
    done=gettext_lazy("The number of places is changed; whoever waited and now has one is told."),
    says=before_changing_capacity,
    form=lambda count, typed: CapacityForm(typed, initial={"places": count.capacity}),
    template="apprenticeship/office/capacity.html",
)
