"""The calendar's screens, under /admin/calendar/. For whoever works for none of its schools they do not exist."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import can_administer_platform, can_set_up
from accounts.requests import PersonRequest
from campaigns.models import Campaign
from campaigns.permissions import can_run, readable_calendars
from campaigns.rules.enums import CampaignState
from campaigns.timelines import DateLine, calendar_of, date_of, history_of, in_figures, preview_of


@require_safe
def calendar(request: PersonRequest) -> HttpResponseBase:
    """A campaign's dates; at first those of the newest one that is published."""
    if not request.user.grants.exists() and not can_administer_platform(request.user):
        raise Http404
    campaigns = list(readable_calendars(request.user))
    published = [row for row in campaigns if row.state == CampaignState.PUBLISHED.value]
    first = next(iter(published or campaigns), None)
    campaign = next((row for row in campaigns if row.slug == request.GET.get("campaign")), first)
    lines = calendar_of(campaign, request.received_at) if campaign else ()
    context = {"campaigns": campaigns, "campaign": campaign, "lines": lines, "now": request.received_at}
    return render(request, "campaigns/calendar/list.html", context)


@require_safe
def date(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    """A date: what will happen and to how many, who agreed, what was done."""
    campaign, line = found(request, slug, milestone_key)
    may_run = bool(can_run(request.user, campaign))
    context = {
        **about(campaign, line),
        "may_run": may_run,
        "may_move": bool(can_set_up(request.user, campaign.organiser)),
        "preview": preview(request, line) if may_run else (),
        "done": [(one, in_figures(one.run.counts)) for one in line.runs if one.run.counts and may_run],
        "history": history_of(line.milestone),
    }
    return render(request, "campaigns/calendar/date.html", context)


def found(request: PersonRequest, slug: str, key: str) -> tuple[Campaign, DateLine]:
    """The date, if one may read its calendar; for anyone else it does not exist."""
    campaign = get_object_or_404(readable_calendars(request.user), slug=slug)
    line = date_of(campaign, key, request.received_at)
    if line is None:
        raise Http404
    return campaign, line


def preview(request: PersonRequest, line: DateLine) -> tuple[tuple[str, int], ...]:
    """To how many it would happen; nothing once nothing is to come."""
    is_open = line.current is not None and line.current.is_open
    return preview_of(line.milestone, request.received_at) if is_open or line.may_start_late else ()


def about(campaign: Campaign, line: DateLine) -> dict[str, Any]:
    return {"campaign": campaign, "line": line, "milestone": line.milestone, "current": line.current}
