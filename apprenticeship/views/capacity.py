"""A school opens a few more places, or takes back those that nobody holds (R-PLA-4), under /admin/seats/."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from apprenticeship import permissions
from apprenticeship.forms.seats import CapacityForm
from apprenticeship.selectors.pools import PoolCount, capacity_changes, count_pool
from apprenticeship.selectors.supplementary import to_be_hosted
from apprenticeship.services.capacity import raise_capacity
from apprenticeship.wording import trainees_leave
from campaigns.models import Pool
from common.forms import attempt


@require_http_methods(["GET", "POST"])
def seat_capacity(request: PersonRequest, slug: str, pool: str) -> HttpResponseBase:
    """Says what more places would do, and what was changed before."""
    row = Pool.objects.select_related("campaign__organiser").filter(campaign__slug=slug, key=pool).first()
    if row is None or not permissions.can_set_capacity(request.user, row.campaign):
        raise Http404
    count = count_pool(row.pk, request.received_at)
    form = CapacityForm(request.POST if request.method == "POST" else None, initial={"ceiling": count.capacity})
    board = f"{reverse('seat_board')}?campaign={slug}&pool={pool}"
    if form.is_valid():
        changing = partial(raise_capacity, pool_id=row.pk, actor=request.user, now=request.received_at)
        if attempt(form, partial(changing, **form.cleaned_data)):
            messages.success(request, _("The number of places is changed; whoever waited and now has one is told."))
            return redirect(board)
    context = {
        "campaign": row.campaign,
        "count": count,
        "form": form,
        "board": board,
        "consequences": _consequences(count),
        "changes": capacity_changes(row),
    }
    return render(request, "apprenticeship/seats/capacity.html", context, status=422 if form.errors else 200)


def _consequences(count: PoolCount) -> list[str]:
    return [
        *(_who_rises(count) if count.queued else [_("Nobody waits for a place.")]),
        *trainees_leave(to_be_hosted(count.pool.pk)),
        _("The notice gets a new version, with the reason; the public page shows the places announced."),
        _("Never fewer than are held or announced."),
    ]


def _who_rises(count: PoolCount) -> list[str]:
    waiting = ngettext(
        "%(count)d candidate waits for a place: each new place goes to the first who waits, who is told by e-mail.",
        "%(count)d candidates wait for a place: each new place goes to the first who waits, who is told by e-mail.",
        count.queued,
    )
    enough = _("From %(places)d places on, nobody waits any more.")
    return [waiting % {"count": count.queued}, enough % {"places": count.held + count.queued}]
