"""A date is moved, or one that was only assumed is confirmed."""

from functools import partial
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import can_set_up
from accounts.requests import PersonRequest
from campaigns.calendar.presentation import dates
from campaigns.calendar.presentation.dates import DateLine
from campaigns.calendar.views import about_date, found_date, posted, shown_box
from campaigns.editing.forms import MoveForm
from campaigns.editing.services.moving import move_milestone
from common.forms import attempt


@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    """Move a date, or confirm one that was only assumed."""
    campaign, line = found_date(request, slug, milestone_key)
    if not can_set_up(request.user, campaign.organiser):
        raise Http404
    form = MoveForm(posted(request), campaign=campaign, initial=_first_day(line))
    if form.is_valid():
        moving = partial(
            move_milestone,
            milestone_id=line.milestone.pk,
            to=form.to,
            reason=form.cleaned_data["reason"],
        )
        if attempt(form, partial(moving, actor=request.user, now=request.received_at)):
            messages.success(request, _("The date is moved, and the notice has a new version."))
            return redirect("calendar_date", slug=slug, milestone_key=milestone_key)
    box = {"title": _("Move this date"), "button": _("Move the date"), "danger": False}
    return shown_box(
        request,
        form,
        {**about_date(campaign, line), **box, "consequences": dates.before_moving(line)},
    )


def _first_day(line: DateLine) -> dict[str, object]:
    """The day that it has, and its hour if the notice gives one."""
    local = line.at.astimezone(ZoneInfo(line.milestone.campaign.zone))
    return {"day": local.date()} | ({} if line.milestone.all_day else {"hour": local.time()})
