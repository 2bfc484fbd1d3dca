"""The calendar that staff follow, and what they do with a date: a box that says what will happen, then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import can_administer_platform, can_set_up
from accounts.requests import PersonRequest
from campaigns.calendar.forms import RevisionForm, RunReasonForm
from campaigns.calendar.permissions import can_run, readable_calendars
from campaigns.calendar.presentation import dates
from campaigns.calendar.presentation.dates import (
    DateLine,
    Says,
    calendar_of,
    date_of,
    history_of,
    in_figures,
    preview_of,
    with_figures,
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
from common.forms import attempt


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
        **about_date(campaign, line),
        "may_run": may_run,
        "may_move": bool(can_set_up(request.user, campaign.organiser)),
        "preview": preview_date(request, line) if may_run else (),
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


def preview_date(request: PersonRequest, line: DateLine) -> tuple[tuple[str, int], ...]:
    """To how many it would happen; nothing once nothing is to come."""
    is_open = line.current is not None and line.current.is_open
    return preview_of(line.milestone, request.received_at) if is_open or line.may_start_late else ()


def about_date(campaign: Campaign, line: DateLine) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "line": line,
        "milestone": line.milestone,
        "current": line.current,
    }


@dataclass(frozen=True, slots=True)
class RunAct:
    """A command, what its form asks for, and what is said before it; with `counts`, to how many."""

    command: Callable[..., object]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    says: Says
    form: type[forms.Form] = forms.Form
    counts: bool = False
    danger: bool = False


ARM = RunAct(
    arm_run,
    title=_("Arm this announcement"),
    button=_("Arm"),
    done=_("The announcement is armed. Somebody else now has to confirm it."),
    says=dates.before_arming,
    form=RevisionForm,
    counts=True,
)
CONFIRM = RunAct(
    confirm_run,
    title=_("Confirm this announcement"),
    button=_("Confirm"),
    done=_("The announcement is confirmed."),
    says=dates.before_confirming,
    form=RevisionForm,
    counts=True,
)
DISARM = RunAct(
    disarm_run,
    title=_("Disarm this announcement"),
    button=_("Disarm"),
    done=_("The announcement is disarmed. It takes two people again."),
    says=dates.before_disarming,
)
HOLD = RunAct(
    hold_run,
    title=_("Put this date on hold"),
    button=_("Put on hold"),
    done=_("The date is on hold: nothing happens until it is freed."),
    says=dates.before_holding,
    form=RunReasonForm,
)
FREE = RunAct(
    free_run,
    title=_("Free this date"),
    button=_("Free"),
    done=_("The date is free again."),
    says=dates.before_freeing,
    counts=True,
)
SKIP = RunAct(
    skip_run,
    title=_("Skip this date"),
    button=_("Skip for good"),
    done=_("The date is skipped: it does nothing by itself."),
    says=dates.before_skipping,
    form=RunReasonForm,
    danger=True,
)
RETRY = RunAct(
    retry_run,
    title=_("Try again"),
    button=_("Try again"),
    done=_("It will be tried again."),
    says=dates.before_retrying,
    counts=True,
)
LATE = RunAct(
    start_late_run,
    title=_("Prepare a late announcement"),
    button=_("Prepare"),
    done=_("The late announcement is ready: it has to be armed and confirmed by two people."),
    says=dates.before_a_late_one,
    counts=True,
)


@require_http_methods(["GET", "POST"])
def arm(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, ARM)


@require_http_methods(["GET", "POST"])
def confirm(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, CONFIRM)


@require_http_methods(["GET", "POST"])
def disarm(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, DISARM)


@require_http_methods(["GET", "POST"])
def hold(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, HOLD)


@require_http_methods(["GET", "POST"])
def free(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, FREE)


@require_http_methods(["GET", "POST"])
def skip(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, SKIP)


@require_http_methods(["GET", "POST"])
def retry(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, RETRY)


@require_http_methods(["GET", "POST"])
def late(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    return _run_act(request, slug, milestone_key, LATE)


def _run_act(
    request: PersonRequest, slug: str, milestone_key: str, act: RunAct
) -> HttpResponseBase:
    campaign, line = found_date(request, slug, milestone_key)
    if line.current is None or not can_run(request.user, campaign):
        raise Http404
    run = line.current.run
    form = act.form(posted(request), initial={"revision": run.revision})
    if form.is_valid():
        target = {"milestone_id": run.milestone_id} if act is LATE else {"run_id": run.pk}
        command = partial(act.command, **target, **form.cleaned_data)
        if attempt(form, partial(command, actor=request.user, now=request.received_at)):
            messages.success(request, str(act.done))
            return redirect("calendar_date", slug=slug, milestone_key=milestone_key)
    sentences = with_figures(act.says(line), preview_date(request, line) if act.counts else ())
    box = {
        "title": act.title,
        "button": act.button,
        "danger": act.danger,
        "consequences": sentences,
    }
    return shown_box(request, form, {**about_date(campaign, line), **box})


def posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def shown_box(
    request: PersonRequest, form: forms.Form, context: dict[str, Any]
) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "campaigns/calendar/act.html", {**context, "form": form}, status=status)
