"""A date is moved, or one that was only assumed is confirmed."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import can_set_up
from accounts.requests import PersonRequest
from campaigns.calendar.presentation import dates
from campaigns.calendar.presentation.dates import DateLine
from campaigns.calendar.views import aim_at, found_date
from campaigns.editing.forms import MoveForm
from campaigns.editing.services.moving import move_milestone
from screens.acts import Act, Typed, perform


@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    campaign, line = found_date(request, slug, milestone_key)
    if not can_set_up(request.user, campaign.organiser):
        raise Http404
    return perform(request, MOVE, aim_at(line, {"milestone_id": line.milestone.pk}))


def _move_form(line: DateLine, typed: Typed) -> MoveForm:
    """At first the day that it has, and its hour if the notice gives one."""
    campaign = line.milestone.campaign
    local = line.at.astimezone(ZoneInfo(campaign.zone))
    hour = {} if line.milestone.all_day else {"hour": local.time()}
    return MoveForm(typed, campaign=campaign, initial={"day": local.date(), **hour})


MOVE = Act[DateLine](
    command=move_milestone,
    title=_("Move this date"),
    button=_("Move the date"),
    done=_("The date is moved, and the notice has a new version."),
    says=dates.before_moving,
    form=_move_form,
)
