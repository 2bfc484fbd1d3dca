"""The calendar that staff follow, and what they do with a date: each act on its own page."""

from collections.abc import Mapping

from django import forms
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import can_administer_platform, can_set_up
from accounts.requests import PersonRequest
from campaigns.calendar.forms import RevisionForm
from campaigns.calendar.permissions import can_run, readable_calendars
from campaigns.calendar.presentation import dates
from campaigns.calendar.presentation.dates import (
    DateLine,
    calendar_of,
    date_of,
    history_of,
    in_figures,
    to_how_many,
)
from campaigns.calendar.services.arming import (
    arm_run,
    confirm_run,
    disarm_run,
    free_run,
    hold_run,
    retry_run,
    skip_run,
    start_late_run,
)
from campaigns.models import Campaign
from campaigns.vocabulary import CampaignState
from common.formats import localized
from screens.acts import Act, Agreed, Aim, Typed, ask_why, perform


@require_safe
def calendar(request: PersonRequest) -> HttpResponseBase:
    """A campaign's dates; at first those of the newest one that is published."""
    if not request.user.grants.exists() and not can_administer_platform(request.user):
        raise Http404
    campaigns = list(readable_calendars(request.user))
    published = [row for row in campaigns if row.state == CampaignState.PUBLISHED]
    first = next(iter(published or campaigns), None)
    campaign = next((row for row in campaigns if row.slug == request.GET.get("campaign")), first)
    lines = calendar_of(campaign, request.received_at) if campaign else ()
    context = {
        "campaigns": campaigns,
        "campaign": campaign,
        "lines": lines,
        "now": request.received_at,
    }
    return render(request, "campaigns/calendar/list.html", context)


@require_safe
def date(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    """A date: what will happen and to how many, who agreed, what was done."""
    campaign, line = found_date(request, slug, milestone_key)
    may_run = bool(can_run(request.user, campaign))
    context = {
        "campaign": campaign,
        "line": line,
        "milestone": line.milestone,
        "current": line.current,
        "may_run": may_run,
        "may_move": bool(can_set_up(request.user, campaign.organiser)),
        "preview": to_how_many(line, request.received_at) if may_run else (),
        "done": [
            (one, in_figures(one.run.counts)) for one in line.runs if one.run.counts and may_run
        ],
        "history": history_of(line.milestone),
    }
    return render(request, "campaigns/calendar/date.html", context)


def found_date(request: PersonRequest, slug: str, key: str) -> tuple[Campaign, DateLine]:
    """The date, if one may read its calendar; for anyone else it does not exist."""
    campaign = get_object_or_404(readable_calendars(request.user), slug=slug)
    line = date_of(campaign, key, request.received_at)
    if line is None:
        raise Http404
    return campaign, line


def _revision_shown(line: DateLine, typed: Typed) -> forms.Form:
    """Of what is shown: a run that has moved since is refused."""
    return RevisionForm(
        typed, initial={"revision": line.current.run.revision if line.current else 0}
    )


def _armed(line: DateLine) -> Agreed | None:
    first = line.current.run.armed_by_id if line.current else None
    return Agreed(first, dates.armed_by_whom(line)) if first else None


_why = ask_why(
    help_text=_("It stays in the history of this date."),
    missing=_("Say why: the reason stays in the history."),
)
ARM = Act[DateLine](
    command=arm_run,
    title=_("Arm this announcement"),
    button=_("Arm"),
    done=_("The announcement is armed. Somebody else now has to confirm it."),
    says=dates.before_arming,
    form=_revision_shown,
    counts=to_how_many,
)
CONFIRM = Act[DateLine](
    command=confirm_run,
    title=_("Confirm this announcement"),
    button=_("Confirm"),
    done=_("The announcement is confirmed."),
    says=dates.before_confirming,
    agreed=_armed,
    form=_revision_shown,
    counts=to_how_many,
)
DISARM = Act[DateLine](
    command=disarm_run,
    title=_("Disarm this announcement"),
    button=_("Disarm"),
    done=_("The announcement is disarmed. It takes two people again."),
    says=dates.before_disarming,
)
HOLD = Act[DateLine](
    command=hold_run,
    title=_("Put this date on hold"),
    button=_("Put on hold"),
    done=_("The date is on hold: nothing happens until it is freed."),
    says=dates.before_holding,
    form=_why,
)
FREE = Act[DateLine](
    command=free_run,
    title=_("Free this date"),
    button=_("Free"),
    done=_("The date is free again."),
    says=dates.before_freeing,
    counts=to_how_many,
)
SKIP = Act[DateLine](
    command=skip_run,
    title=_("Skip this date"),
    button=_("Skip for good"),
    done=_("The date is skipped: it does nothing by itself."),
    says=dates.before_skipping,
    form=_why,
    danger=True,
)
RETRY = Act[DateLine](
    command=retry_run,
    title=_("Try again"),
    button=_("Try again"),
    done=_("It will be tried again."),
    says=dates.before_retrying,
    counts=to_how_many,
)
LATE = Act[DateLine](
    command=start_late_run,
    title=_("Prepare a late announcement"),
    button=_("Prepare"),
    done=_("The late announcement is ready: it has to be armed and confirmed by two people."),
    says=dates.before_a_late_one,
    counts=to_how_many,
)


@require_http_methods(["GET", "POST"])
def date_act(
    request: PersonRequest, slug: str, milestone_key: str, act: Act[DateLine]
) -> HttpResponseBase:
    """One of the acts above, each at its own address."""
    campaign, line = found_date(request, slug, milestone_key)
    if line.current is None or not can_run(request.user, campaign):
        raise Http404
    run = line.current.run
    named = {"milestone_id": run.milestone_id} if act is LATE else {"run_id": run.pk}
    return perform(request, act, aim_at(line, named))


def aim_at(line: DateLine, named: Mapping[str, object]) -> Aim[DateLine]:
    milestone = line.milestone
    address = {"slug": milestone.campaign.slug, "milestone_key": milestone.key}
    return Aim(
        thing=line,
        named=named,
        about=localized(milestone.title),
        back=reverse("calendar_date", kwargs=address),
        detail=f"{localized(milestone.campaign.title)} · {line.when}",
    )
