"""What people do with a date, each at its own address: a box that says what will happen, then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import can_set_up
from accounts.requests import PersonRequest
from campaigns import consequences
from campaigns.consequences import Says, with_figures
from campaigns.forms.calendar import MoveForm, ReasonForm, RevisionForm
from campaigns.permissions import can_run
from campaigns.services.milestones import (
    arm_run,
    confirm_run,
    disarm_run,
    free_run,
    hold_run,
    move_milestone,
    retry_run,
    skip_run,
    start_late_run,
)
from campaigns.timelines import DateLine
from campaigns.views.calendar import about, found, preview
from common.forms import attempt


@dataclass(frozen=True, slots=True)
class Act:
    """A command, what its form asks for, and what is said before it; with `counts`, to how many."""

    command: Callable[..., object]
    title: str | Promise
    button: str | Promise
    done: str | Promise
    says: Says
    form: type[forms.Form] = forms.Form
    counts: bool = False
    danger: bool = False


ARM = Act(
    arm_run,
    title=_("Arm this announcement"),
    button=_("Arm"),
    done=_("The announcement is armed. Somebody else now has to confirm it."),
    says=consequences.before_arming,
    form=RevisionForm,
    counts=True,
)
CONFIRM = Act(
    confirm_run,
    title=_("Confirm this announcement"),
    button=_("Confirm"),
    done=_("The announcement is confirmed."),
    says=consequences.before_confirming,
    form=RevisionForm,
    counts=True,
)
DISARM = Act(
    disarm_run,
    title=_("Disarm this announcement"),
    button=_("Disarm"),
    done=_("The announcement is disarmed. It takes two people again."),
    says=consequences.before_disarming,
)
HOLD = Act(
    hold_run,
    title=_("Put this date on hold"),
    button=_("Put on hold"),
    done=_("The date is on hold: nothing happens until it is freed."),
    says=consequences.before_holding,
    form=ReasonForm,
)
FREE = Act(
    free_run,
    title=_("Free this date"),
    button=_("Free"),
    done=_("The date is free again."),
    says=consequences.before_freeing,
    counts=True,
)
SKIP = Act(
    skip_run,
    title=_("Skip this date"),
    button=_("Skip for good"),
    done=_("The date is skipped: it does nothing by itself."),
    says=consequences.before_skipping,
    form=ReasonForm,
    danger=True,
)
RETRY = Act(
    retry_run,
    title=_("Try again"),
    button=_("Try again"),
    done=_("It will be tried again."),
    says=consequences.before_retrying,
    counts=True,
)
LATE = Act(
    start_late_run,
    title=_("Prepare a late announcement"),
    button=_("Prepare"),
    done=_("The late announcement is ready: it has to be armed and confirmed by two people."),
    says=consequences.before_a_late_one,
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


@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, slug: str, milestone_key: str) -> HttpResponseBase:
    """Move a date, or confirm one that was only assumed."""
    campaign, line = found(request, slug, milestone_key)
    if not can_set_up(request.user, campaign.organiser):
        raise Http404
    form = MoveForm(_posted(request), campaign=campaign, initial=_first(line))
    if form.is_valid():
        moving = partial(move_milestone, milestone_id=line.milestone.pk, to=form.to, reason=form.cleaned_data["reason"])
        if attempt(form, partial(moving, actor=request.user, now=request.received_at)):
            messages.success(request, _("The date is moved, and the notice has a new version."))
            return redirect("calendar_date", slug=slug, milestone_key=milestone_key)
    box = {"title": _("Move this date"), "button": _("Move the date"), "danger": False}
    return _shown(request, form, {**about(campaign, line), **box, "consequences": consequences.before_moving(line)})


def _run_act(request: PersonRequest, slug: str, milestone_key: str, act: Act) -> HttpResponseBase:
    campaign, line = found(request, slug, milestone_key)
    if line.current is None or not can_run(request.user, campaign):
        raise Http404
    run = line.current.run
    form = act.form(_posted(request), initial={"revision": run.revision})
    if form.is_valid():
        target = {"milestone_id": run.milestone_id} if act is LATE else {"run_id": run.pk}
        command = partial(act.command, **target, **form.cleaned_data)
        if attempt(form, partial(command, actor=request.user, now=request.received_at)):
            messages.success(request, str(act.done))
            return redirect("calendar_date", slug=slug, milestone_key=milestone_key)
    sentences = with_figures(act.says(line), preview(request, line) if act.counts else ())
    box = {"title": act.title, "button": act.button, "danger": act.danger, "consequences": sentences}
    return _shown(request, form, {**about(campaign, line), **box})


def _posted(request: PersonRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _shown(request: PersonRequest, form: forms.Form, context: dict[str, Any]) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "campaigns/calendar/act.html", {**context, "form": form}, status=status)


def _first(line: DateLine) -> dict[str, object]:
    """The day that it has, and its hour if the notice gives one."""
    local = line.at.astimezone(ZoneInfo(line.milestone.campaign.zone))
    return {"day": local.date()} | ({} if line.milestone.all_day else {"hour": local.time()})
