"""The employer's page, opened by a signed link, and the screens of who judges the project, under /admin/projects/."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from itertools import pairwise

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from accounts.models import SignedLink, User
from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from apprenticeship.models import JobProject
from apprenticeship.places.permissions import can_manage_seat
from apprenticeship.places.presentation import trainees_leave
from apprenticeship.places.selectors import active_seat, count_pool, rank_of, to_be_hosted
from apprenticeship.projects.forms import (
    NEWEST,
    OLDEST,
    ChangesForm,
    OfficeInvitationForm,
    ProjectFilter,
    ProjectRefusalForm,
    SheetForm,
)
from apprenticeship.projects.permissions import can_decide_project, can_invite, can_see_project
from apprenticeship.projects.presentation import plain_label, readable
from apprenticeship.projects.rules import FIELDS, may_abandon, may_decide, may_write
from apprenticeship.projects.selectors import (
    followed_campaigns,
    followed_projects,
    history_of,
    selected_candidates,
    under_way,
)
from apprenticeship.projects.services.deciding import (
    abandon_job_project,
    approve_job_project,
    ask_changes,
    decline_job_project,
    refuse_job_project,
)
from apprenticeship.projects.services.inviting import invite_employer, send_new_link
from apprenticeship.projects.services.writing import save_draft, submit_job_project
from apprenticeship.states import ProjectState
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.forms import attempt
from common.rules import Verdict

RELATED = (
    "candidacy__programme__school",
    "candidacy__application__campaign",
    "candidacy__application__person",
)


def job_sheet(request: PersonRequest, link: SignedLink) -> HttpResponse:
    project = (
        JobProject.objects.select_related(*RELATED, "company").filter(ref=link.subject_ref).first()
    )
    if project is None:
        raise Http404
    if request.method != "POST":
        return _page(request, link, project)
    if "decline" in request.POST:
        decline_job_project(link_id=link.pk, now=request.received_at)
        return redirect(request.path)
    if not _may_write(project):
        return _too_late(request, link, project)
    form = SheetForm(request.POST, kept=project.draft)
    try:
        return _write(request, link, form)
    except QuickerError as error:
        choice = {"action": request.path, "button": "save"}
        return _quicker(request, link, project, {**_both(error.theirs, form.typed), **choice})


def _write(request: PersonRequest, link: SignedLink, form: SheetForm) -> HttpResponse:
    """Keep what was typed before anything else; then send it, if that is asked and possible."""
    seen = request.POST.get("seen", "")
    project = save_draft(link_id=link.pk, content=form.typed, now=request.received_at, seen=seen)
    if "send" not in request.POST:
        messages.success(
            request, _("Saved. You may close this page: the same link brings you back to it.")
        )
        return redirect(request.path)
    if form.is_valid():
        sending = partial(
            submit_job_project,
            link_id=link.pk,
            content=form.sheet,
            now=request.received_at,
            seen=seen and seen_of(project.draft, FIELDS),
        )
        if attempt(form, sending):
            return redirect(request.path)
    return _form(request, link, project, form)


def _page(request: HttpRequest, link: SignedLink, project: JobProject) -> HttpResponse:
    if _may_write(project):
        return _form(request, link, project, SheetForm(kept=project.draft))
    context = {**_about(link, project), "version": project.versions.last()}
    return render(request, "apprenticeship/projects/employer/sheet.html", context)


def _form(
    request: HttpRequest, link: SignedLink, project: JobProject, form: SheetForm
) -> HttpResponse:
    context = {**_about(link, project), "form": form, "seen": seen_of(project.draft, FIELDS)}
    return render(
        request,
        "apprenticeship/projects/employer/form.html",
        context,
        status=422 if form.errors else 200,
    )


def _too_late(request: HttpRequest, link: SignedLink, project: JobProject) -> HttpResponse:
    """It was sent or closed meanwhile. What was typed is shown once more, unless it is what was sent."""
    form = SheetForm(request.POST, kept=project.draft)
    mine = form.sheet if form.is_valid() else form.typed
    last = project.versions.last()
    both = _both(last.content if last else {}, mine)
    if "seen" not in request.POST or not both["both"]:
        return _page(request, link, project)
    return _quicker(request, link, project, both)


def _both(theirs: Content, mine: Content) -> Mapping[str, object]:
    return quicker_page(theirs, mine, FIELDS, plain_label, readable)


def _quicker(
    request: HttpRequest, link: SignedLink, project: JobProject, both: Mapping[str, object]
) -> HttpResponse:
    context = {**_about(link, project), **both, "back": request.path}
    return render(
        request,
        "apprenticeship/projects/employer/quicker.html",
        context,
        status=HTTPStatus.CONFLICT,
    )


def _about(link: SignedLink, project: JobProject) -> dict[str, object]:
    """Of the candidate, the name and the programme: nothing else is the employer's to know."""
    candidacy = project.candidacy
    return {
        "project": project,
        "name": candidacy.application.person.full_name,
        "programme": candidacy.programme,
        "campaign": candidacy.application.campaign,
        "until": link.expires_at,
        "may_decline": may_abandon(project.state),
    }


def _may_write(project: JobProject) -> bool:
    return bool(may_write(project.state, project.candidacy.state))


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
    return render(request, "apprenticeship/projects/project.html", context)


@require_http_methods(["GET", "POST"])
def approve(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = _decided(request, ref)
    if request.method == "POST":
        approve_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(
            request,
            _("The project is approved: the candidate, the employer and the office are told."),
        )
        return redirect("project", ref=ref)
    pool_id = row.candidacy.programme.pool_id
    context = {
        **_shown(request.user, row),
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
def resend(request: PersonRequest, ref: str) -> HttpResponseBase:
    _followed(request, ref)
    if request.method == "POST":
        send_new_link(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(
            request, _("A new link is sent to the employer; the former one no longer works.")
        )
    return redirect("project", ref=ref)


@require_http_methods(["GET", "POST"])
def abandon(request: PersonRequest, ref: str) -> HttpResponseBase:
    row = _followed(request, ref)
    if request.method == "POST":
        abandon_job_project(project_ref=ref, actor=request.user, now=request.received_at)
        messages.success(request, _("The job project is abandoned, and the employer is told."))
        return redirect("project", ref=ref)
    return render(request, "apprenticeship/projects/abandon.html", _shown(request.user, row))


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


def _reasoned(
    request: PersonRequest,
    ref: str,
    form: forms.Form,
    act: Callable[[str], object],
    done: str,
    template: str,
) -> HttpResponseBase:
    row = _decided(request, ref)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, partial(act, form.cleaned_data["reason"]))
    ):
        messages.success(request, done)
        return redirect("project", ref=ref)
    context = {**_shown(request.user, row), "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _shown(user: User, row: JobProject) -> dict[str, object]:
    state, candidacy = row.state, row.candidacy
    decidable = may_decide(state, candidacy.state)
    return {
        "project": row,
        "name": candidacy.application.person.full_name or candidacy.application.ref,
        "programme": candidacy.programme,
        "campaign": candidacy.application.campaign,
        "may_decide": bool(decidable and can_decide_project(user, candidacy)),
        "may_follow": bool(may_abandon(state) and can_invite(user, candidacy)),
        "locked": decidable.refusals,
    }


def _seen(request: PersonRequest, ref: str) -> JobProject:
    return _project(request, ref, can_see_project)


def _decided(request: PersonRequest, ref: str) -> JobProject:
    return _project(request, ref, can_decide_project)


def _followed(request: PersonRequest, ref: str) -> JobProject:
    """The office's: a candidate who acts for oneself has another page."""
    return _project(request, ref, can_manage_seat)


def _project(request: PersonRequest, ref: str, may: Callable[..., Verdict]) -> JobProject:
    row = JobProject.objects.select_related(*READ_WITH_PROJECT, "company").filter(ref=ref).first()
    if row is None or not may(request.user, row.candidacy):
        raise Http404
    return row
