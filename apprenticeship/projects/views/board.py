"""The projects that staff follow, one of them, and whom the office invites, under /admin/projects/."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from admissions.places.permissions import can_manage_seat
from admissions.places.selectors.pools import active_seat, rank_of
from apprenticeship.models import JobProject
from apprenticeship.projects.forms import NEWEST, OLDEST, OfficeInvitationForm, ProjectFilter
from apprenticeship.projects.permissions import can_decide_project, can_invite, can_see_project
from apprenticeship.projects.presentation import name_of
from apprenticeship.projects.rules import may_abandon, may_decide
from apprenticeship.projects.selectors import (
    followed_campaigns,
    followed_projects,
    history_of,
    selected_candidates,
    under_way,
)
from apprenticeship.projects.services.inviting import invite_employer, send_new_link
from apprenticeship.states import ProjectState
from common.forms import attempt
from common.rules import Verdict

PER_PAGE = 50
READ_WITH_PROJECT = (
    "candidacy__application__campaign",
    "candidacy__application__person",
    "candidacy__programme__school",
)


@require_safe
def projects(request: PersonRequest) -> HttpResponseBase:
    """A campaign's projects; at first those that wait for a decision, the one sent first on top."""
    campaigns = list(followed_campaigns(request.user))
    if not campaigns:
        raise Http404
    asked = request.GET.copy()
    campaign = next(
        (row for row in campaigns if row.slug == asked.get("campaign")), None
    ) or under_way(campaigns)
    asked["campaign"] = campaign.slug
    asked.setdefault("state", ProjectState.SUBMITTED)
    state = next((state for state in ProjectState if state == asked["state"]), None)
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
    return render(request, "apprenticeship/projects/list.html", context)


@require_safe
def project(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = project_or_404(request, ref, can_see_project)
    versions = list(row.versions.order_by("-number"))
    seat = active_seat(row.candidacy.application)
    approved = seat and row.state == ProjectState.APPROVED and seat.candidacy_id == row.candidacy_id
    mine = seat if approved else None
    context = {
        "project": row,
        "name": name_of(row),
        "programme": row.candidacy.programme,
        "campaign": row.candidacy.application.campaign,
        "may_decide": bool(can_decide_project(request.user, row.candidacy) and decidable(row)),
        "may_follow": bool(can_invite(request.user, row.candidacy) and may_abandon(row.state)),
        "version": versions[0] if versions else None,
        "pairs": list(pairwise(versions)),
        "history": history_of(row),
        "seat": mine,
        "rank": rank_of(mine) if mine and mine.place_no is None else 0,
    }
    return render(request, "apprenticeship/projects/project.html", context)


@require_http_methods(["GET", "POST"])
def resend(request: PersonRequest, ref: str) -> HttpResponseBase:
    project_or_404(request, ref, can_manage_seat)
    if request.method == "POST":
        send_new_link(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(
            request, _("A new link is sent to the employer; the former one no longer works.")
        )
    return redirect("project", ref=ref)


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
            campaign = next(
                row for row in candidacies if row.ref == typed["candidacy"]
            ).application.campaign.slug
            return redirect(f"{reverse('projects')}?campaign={campaign}&state={ProjectState.DRAFT}")
    context = {"form": form, "words": words, "candidacies": candidacies}
    return render(
        request, "apprenticeship/projects/invite.html", context, status=422 if form.errors else 200
    )


def decidable(project: JobProject) -> Verdict:
    return may_decide(project.state, project.candidacy.state)


def project_or_404(request: PersonRequest, ref: str, may: Callable[..., Verdict]) -> JobProject:
    """For those who may not, it does not exist."""
    row = JobProject.objects.select_related(*READ_WITH_PROJECT, "company").filter(ref=ref).first()
    if row is None or not may(request.user, row.candidacy):
        raise Http404
    return row
