"""What is done with a project: by the head who judges it, by the office that follows it."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from apprenticeship.places.permissions import can_manage_seat
from apprenticeship.places.presentation import trainees_leave
from apprenticeship.places.selectors import active_seat, count_pool, to_be_hosted
from apprenticeship.projects.forms import ChangesForm, ProjectRefusalForm
from apprenticeship.projects.permissions import can_decide_project
from apprenticeship.projects.services.deciding import (
    abandon_job_project,
    approve_job_project,
    ask_changes,
    refuse_job_project,
)
from apprenticeship.projects.views.board import about_project, project_or_404
from common.forms import attempt


@require_http_methods(["GET", "POST"])
def approve(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = project_or_404(request, ref, can_decide_project)
    if request.method == "POST":
        approve_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(
            request,
            _("The project is approved: the candidate, the employer and the office are told."),
        )
        return redirect("project", ref=ref)
    pool_id = row.candidacy.programme.pool_id
    context = {
        **about_project(request.user, row),
        "count": count_pool(pool_id, request.received_at),
        "before": active_seat(row.candidacy.application),
        "trainees": trainees_leave(to_be_hosted(pool_id, besides=row.candidacy.application)),
    }
    return render(request, "apprenticeship/projects/approve.html", context)


@require_http_methods(["GET", "POST"])
def changes(request: PersonRequest, ref: str) -> HttpResponseBase:
    def act(reason: str) -> object:
        return ask_changes(
            project_ref=ref, remarks=reason, actor=request.user, now=request.received_at
        )

    done = _("The employer receives your remarks with a new link, and the candidate is told.")
    form = ChangesForm(request.POST or None)
    return _reasoned(request, ref, form, act, done, "apprenticeship/projects/changes.html")


@require_http_methods(["GET", "POST"])
def refuse(request: PersonRequest, ref: str) -> HttpResponseBase:
    def act(reason: str) -> object:
        return refuse_job_project(
            project_ref=ref, reason=reason, actor=request.user, now=request.received_at
        )

    done = _("The project is refused: the employer and the candidate are told why.")
    form = ProjectRefusalForm(request.POST or None)
    return _reasoned(request, ref, form, act, done, "apprenticeship/projects/refuse.html")


@require_http_methods(["GET", "POST"])
def abandon(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = project_or_404(request, ref, can_manage_seat)
    if request.method == "POST":
        abandon_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(request, _("The job project is abandoned, and the employer is told."))
        return redirect("project", ref=ref)
    return render(request, "apprenticeship/projects/abandon.html", about_project(request.user, row))


def _reasoned(
    request: PersonRequest,
    ref: str,
    form: forms.Form,
    act: Callable[[str], object],
    done: str,
    template: str,
) -> HttpResponseBase:
    row = project_or_404(request, ref, can_decide_project)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, partial(act, form.cleaned_data["reason"]))
    ):
        messages.success(request, done)
        return redirect("project", ref=ref)
    context = {**about_project(request.user, row), "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
