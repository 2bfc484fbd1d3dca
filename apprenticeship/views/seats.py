"""The board of places and the way of each candidate to an admission, under /admin/seats/."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import PersonRequest
from admissions.dossier.permissions import can_consult
from admissions.models import Candidacy
from apprenticeship import permissions
from apprenticeship.selectors.board import board_rows, seat_campaigns, seats_of
from apprenticeship.selectors.files import admission_file, followed
from apprenticeship.selectors.pools import count_pools
from apprenticeship.selectors.projects import under_way
from apprenticeship.selectors.supplementary import lists_read
from common.rules.refusals import Verdict

PER_PAGE = 50
Right = Callable[[User, Candidacy], Verdict]


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who reads may do here."""

    manage: bool
    admit: bool
    consult: bool


@require_safe
def seat_board(request: PersonRequest) -> HttpResponseBase:
    """A campaign's pools; of one of them, who holds a place and who waits."""
    campaigns = list(seat_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.get("campaign")
    campaign = next((row for row in campaigns if row.slug == asked), None) or under_way(campaigns)
    counts = count_pools(campaign, request.received_at)
    count = next((count for count in counts if count.pool.key == request.GET.get("pool")), counts[0])
    page = Paginator(seats_of(request.user, count.pool), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "counts": counts,
        "count": count,
        "page": page,
        "rows": board_rows(page.object_list),
        "lists": lists_read(request.user, count.pool),
        "may_set_capacity": bool(permissions.can_set_capacity(request.user, campaign)),
        "query": f"campaign={campaign.slug}&pool={count.pool.key}",
    }
    return render(request, "apprenticeship/seats/board.html", context)


@require_safe
def seat_dossier(request: PersonRequest, ref: str) -> HttpResponseBase:
    candidacy = followed_or_404(request.user, ref)
    rights = Rights(
        manage=bool(permissions.can_manage_seat(request.user, candidacy)),
        admit=bool(permissions.can_admit(request.user, candidacy)),
        consult=bool(can_consult(request.user, candidacy.application)),
    )
    context = {"file": admission_file(candidacy), "rights": rights, "campaign": candidacy.application.campaign}
    return render(request, "apprenticeship/seats/dossier.html", context)


def followed_or_404(user: User, ref: str, may: Right = permissions.can_see_seat) -> Candidacy:
    """For those who may not, it does not exist."""
    candidacy = followed(ref)
    if candidacy is None or not may(user, candidacy):
        raise Http404
    return candidacy
