"""The screens of the pedagogical head and the company office, under /admin/projects/. For others they do not exist."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from accounts.models import User
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from admissions.states import CandidacyState
from apprenticeship import permissions
from apprenticeship.forms.acts import ChangesForm, OfficeInvitationForm, ProjectRefusalForm
from apprenticeship.forms.worklist import NEWEST, OLDEST, ProjectFilter
from apprenticeship.models import JobProject
from apprenticeship.rules.moves import ProjectState
from apprenticeship.rules.projects import may_abandon, may_decide
from apprenticeship.selectors.pools import count_pool
from apprenticeship.selectors.projects import (
    followed_campaigns,
    followed_projects,
    history_of,
    selected_candidates,
    under_way,
)
from apprenticeship.selectors.seats import active_seat, rank_of
from apprenticeship.selectors.supplementary import to_be_hosted
from apprenticeship.services.projects import (
    abandon_job_project,
    approve_job_project,
    ask_changes,
    invite_employer,
    refuse_job_project,
    send_new_link,
)
from apprenticeship.wording import trainees_leave
from common.forms import attempt
from common.rules.refusals import Verdict

PER_PAGE = 50
RELATED = ("candidacy__application__campaign", "candidacy__application__person", "candidacy__programme__school")


@require_safe
def projects(request: PersonRequest) -> HttpResponseBase:
    """A campaign's projects; at first those that wait for a decision, the one sent first on top."""
    campaigns = list(followed_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.copy()
    campaign = next((row for row in campaigns if row.slug == asked.get("campaign")), None) or under_way(campaigns)
    asked["campaign"] = campaign.slug
    asked.setdefault("state", ProjectState.SUBMITTED.value)
    state = next((state for state in ProjectState if state.value == asked["state"]), None)
    asked.setdefault("order", OLDEST if state else NEWEST)
    rows = followed_projects(request.user, campaign, state)
    found = ProjectFilter(asked, rows, campaigns=campaigns, campaign=campaign)
    page = Paginator(found.qs, PER_PAGE).get_page(asked.get("page"))
    asked.pop("page", None)
    context = {
        "found": found,
        "page": page,
        "query": asked.urlencode(),
        "everything": f"{reverse('projects')}?campaign={campaign.slug}&state=",
        "campaign": campaign,
        "may_invite": schools_of(request.user, Role.COMPANY_OFFICE).exists(),
    }
    return render(request, "apprenticeship/work/list.html", context)


@require_safe
def project(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = _seen(request, ref)
    versions = list(row.versions.order_by("-number"))
    seat = active_seat(row.candidacy.application)
    mine = seat if seat and seat.project_id == row.pk else None
    context = {
        **_shown(request.user, row),
        "version": versions[0] if versions else None,
        "pairs": list(pairwise(versions)),
        "history": history_of(row),
        "seat": mine,
        "rank": rank_of(mine) if mine and mine.place_no is None else 0,
    }
    return render(request, "apprenticeship/work/project.html", context)


@require_http_methods(["GET", "POST"])
def approve(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = _decided(request, ref)
    if request.method == "POST":
        approve_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(request, _("The project is approved: the candidate, the employer and the office are told."))
        return redirect("project", ref=ref)
    pool_id = row.candidacy.programme.pool_id
    context = {
        **_shown(request.user, row),
        "count": count_pool(pool_id, request.received_at),
        "before": active_seat(row.candidacy.application),
        "trainees": trainees_leave(to_be_hosted(pool_id, besides=row.candidacy.application)),
    }
    return render(request, "apprenticeship/work/approve.html", context)


@require_http_methods(["GET", "POST"])
def changes(request: PersonRequest, ref: str) -> HttpResponseBase:
    def act(reason: str) -> object:
        return ask_changes(project_ref=ref, remarks=reason, actor=request.user, now=request.received_at)

    done = _("The employer receives your remarks with a new link, and the candidate is told.")
    form = ChangesForm(request.POST or None)
    return _reasoned(request, ref, form, act, done, "apprenticeship/work/changes.html")


@require_http_methods(["GET", "POST"])
def refuse(request: PersonRequest, ref: str) -> HttpResponseBase:
    def act(reason: str) -> object:
        return refuse_job_project(project_ref=ref, reason=reason, actor=request.user, now=request.received_at)

    done = _("The project is refused: the employer and the candidate are told why.")
    form = ProjectRefusalForm(request.POST or None)
    return _reasoned(request, ref, form, act, done, "apprenticeship/work/refuse.html")


@require_http_methods(["GET", "POST"])
def resend(request: PersonRequest, ref: str) -> HttpResponseBase:
    _followed(request, ref)
    if request.method == "POST":
        send_new_link(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(request, _("A new link is sent to the employer; the former one no longer works."))
    return redirect("project", ref=ref)


@require_http_methods(["GET", "POST"])
def abandon(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = _followed(request, ref)
    if request.method == "POST":
        abandon_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(request, _("The job project is abandoned, and the employer is told."))
        return redirect("project", ref=ref)
    return render(request, "apprenticeship/work/abandon.html", _shown(request.user, row))


@require_http_methods(["GET", "POST"])
def invite(request: PersonRequest) -> HttpResponseBase:
    """The company office looks for a selected candidate, then invites an employer for them."""
    if not schools_of(request.user, Role.COMPANY_OFFICE).exists():
        raise Http404
    words = request.GET.get("q", "")
    candidacies = selected_candidates(request.user, words)
    form = OfficeInvitationForm(request.POST or None, candidacies=candidacies)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        inviting = partial(
            invite_employer,
            candidacy_ref=typed["candidacy"],
            email=typed["email"],
            actor=request.user,
            now=request.received_at,
        )
        if attempt(form, inviting):
            messages.success(request, _("The employer receives a link to describe the job."))
            campaign = next(row for row in candidacies if row.ref == typed["candidacy"]).application.campaign.slug
            return redirect(f"{reverse('projects')}?campaign={campaign}&state={ProjectState.DRAFT.value}")
    context = {"form": form, "words": words, "candidacies": candidacies}
    return render(request, "apprenticeship/work/invite.html", context, status=422 if form.errors else 200)


def _reasoned(
    request: PersonRequest,
    ref: str,
    form: forms.Form,
    act: Callable[[str], object],
    done: str,
    template: str,
) -> HttpResponseBase:
    row = _decided(request, ref)
    if request.method == "POST" and form.is_valid() and attempt(form, partial(act, form.cleaned_data["reason"])):
        messages.success(request, done)
        return redirect("project", ref=ref)
    context = {**_shown(request.user, row), "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _shown(user: User, row: JobProject) -> dict[str, object]:
    state, candidacy = ProjectState(row.state), row.candidacy
    decidable = may_decide(state, CandidacyState(candidacy.state))
    return {
        "project": row,
        "name": candidacy.application.person.full_name or candidacy.application.ref,
        "programme": candidacy.programme,
        "campaign": candidacy.application.campaign,
        "may_decide": bool(decidable and permissions.can_decide_project(user, candidacy)),
        "may_follow": bool(may_abandon(state) and permissions.can_invite(user, candidacy)),
        "locked": decidable.refusals,
    }


def _seen(request: PersonRequest, ref: str) -> JobProject:
    return _project(request, ref, permissions.can_see_project)


def _decided(request: PersonRequest, ref: str) -> JobProject:
    return _project(request, ref, permissions.can_decide_project)


def _followed(request: PersonRequest, ref: str) -> JobProject:
    """The office's: a candidate who acts for oneself has another page."""
    return _project(request, ref, permissions.can_manage_seat)


def _project(request: PersonRequest, ref: str, may: Callable[..., Verdict]) -> JobProject:
    row = JobProject.objects.select_related(*RELATED, "company").filter(ref=ref).first()
    if row is None or not may(request.user, row.candidacy):
        raise Http404
    return row
