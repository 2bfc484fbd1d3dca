"""The employer's page, opened by a signed link: one page, and an address for each act."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import SignedLink
from accounts.requests import PersonRequest
from apprenticeship.models import JobProject
from apprenticeship.projects.forms import SheetForm
from apprenticeship.projects.presentation import plain_label, readable
from apprenticeship.projects.rules import FIELDS, may_abandon, may_write
from apprenticeship.projects.services.deciding import decline_job_project
from apprenticeship.projects.services.writing import save_draft, submit_job_project
from common.drafts.presentation import quicker_page
from common.drafts.rules import Content, QuickerError, seen_of
from common.forms import attempt

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
