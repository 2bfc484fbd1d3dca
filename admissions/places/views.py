"""The supplementary list of a programme (R-JOB-6), under /admin/seats/."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.places.forms import RanksForm
from admissions.places.permissions import can_draw_list, can_see_list
from admissions.places.rules import Terms, may_draw
from admissions.places.selectors.lists import entries_of, listable, terms_of
from admissions.places.selectors.pools import day_in
from admissions.places.services.supplementary import draw_list
from campaigns.models import Programme
from common.formats import day
from common.forms import attempt
from common.refusals import require, say


@require_http_methods(["GET", "POST"])
def supplementary_list(request: PersonRequest, slug: str, code: str) -> HttpResponseBase:
    """Who is on it; of those who still search, who is to be, and with which rank."""
    related = ("campaign__organiser", "pool", "school")
    programme = (
        Programme.objects.select_related(*related).filter(campaign__slug=slug, code=code).first()
    )
    if programme is None or not can_see_list(request.user, programme):
        raise Http404
    terms = terms_of(programme, request.received_at)
    if terms is None:
        raise Http404
    may = can_draw_list(request.user, programme)
    verdict = may_draw(terms, day_in(programme.campaign, request.received_at))
    posted = None
    if request.method == "POST":
        require(may)
        posted = request.POST
    form = RanksForm(posted, candidacies=listable(programme, list(posted or ())) if may else ())
    if form.is_valid() and _drawn(request, form, programme):
        return redirect("supplementary_list", slug=slug, code=code)
    context = {
        "campaign": programme.campaign,
        "programme": programme,
        "terms": terms,
        "entries": entries_of(programme),
        "form": form,
        "locked": [say(refusal) for refusal in verdict.refusals],
        "may_draw": bool(may),
        "consequences": _consequences(terms),
    }
    return render(
        request,
        "admissions/places/supplementary.html",
        context,
        status=422 if form.errors else 200,
    )


def _drawn(request: PersonRequest, form: RanksForm, programme: Programme) -> bool:
    drawing = partial(
        draw_list, programme_id=programme.pk, actor=request.user, now=request.received_at
    )
    if not attempt(form, lambda: drawing(ranks=form.ranks)):
        return False
    messages.success(
        request, _("The list is drawn up, and those who are on it are told by e-mail.")
    )
    return True


def _consequences(terms: Terms) -> list[str]:
    room = ngettext(
        "The group can host %(room)d more candidate.",
        "The group can host %(room)d more candidates.",
        terms.room,
    )
    told = _(
        "They are told at once, and begin as trainees; they have until %(day)s included to sign a contract."
    )
    return [
        room % {"room": terms.room},
        told % {"day": day(terms.last_day)},
        _(
            "After that day, or as soon as the group is full, those without a place are removed automatically and told."
        ),
        _("It cannot be undone. Other names may follow later, while places are vacant."),
    ]
