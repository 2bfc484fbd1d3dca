"""The employer's page, opened by a signed link: one page, and an address for each act."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.links.requests import token_of
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
from common.refusals import DomainError, NotAllowedError

Then = Callable[[PersonRequest, SignedLink, JobProject, SheetForm], HttpResponse]
RELATED = (
    "candidacy__programme__school",
    "candidacy__application__campaign",
    "candidacy__application__person",
)


def job_sheet(request: PersonRequest, link: SignedLink) -> HttpResponse:
    """The page. What is posted to it comes from one that was opened before each act had its address: it is saved."""
    if request.method == "POST" and request.POST.keys() & set(FIELDS):
        return save(request, link)
    return _page(request, link, _project_of(link))


def save(request: PersonRequest, link: SignedLink) -> HttpResponse:
    return _written(request, link, _saved)


def send(request: PersonRequest, link: SignedLink) -> HttpResponse:
    return _written(request, link, _sent)


def decline(request: PersonRequest, link: SignedLink) -> HttpResponse:
    decline_job_project(link_id=link.pk, now=request.received_at)
    return _to_page(request)


def _written(request: PersonRequest, link: SignedLink, then: Then) -> HttpResponse:
    """Keep what was typed before anything else, unless it is too late or someone else was quicker.

    Too late is what the command says under its lock: looked at before, it could change meanwhile.
    """
    project = _project_of(link)
    form = SheetForm(request.POST, kept=project.draft)
    seen = request.POST.get("seen", "")
    try:
        kept = save_draft(link_id=link.pk, content=form.typed, now=request.received_at, seen=seen)
        return then(request, link, kept, form)
    except QuickerError as error:
        action = reverse("signed_link_act", args=[token_of(request), "save"])
        both = {**_both(error.theirs, form.typed), "action": action}
        return _quicker(request, link, project, both)
    except NotAllowedError:
        raise
    except DomainError:
        return _too_late(request, link, _project_of(link))


def _saved(
    request: PersonRequest, _link: SignedLink, _project: JobProject, _form: SheetForm
) -> HttpResponse:
    said = _("Saved. You may close this page: the same link brings you back to it.")
    messages.success(request, said)
    return _to_page(request)


def _sent(
    request: PersonRequest, link: SignedLink, project: JobProject, form: SheetForm
) -> HttpResponse:
    """Sent if it is whole; else what lacks is said."""
    if form.is_valid():
        sending = partial(
            submit_job_project,
            link_id=link.pk,
            content=form.sheet,
            now=request.received_at,
            seen=request.POST.get("seen", "") and seen_of(project.draft, FIELDS),
        )
        if attempt(form, sending):
            return _to_page(request)
    return _form(request, link, project, form)


def _project_of(link: SignedLink) -> JobProject:
    rows = JobProject.objects.select_related(*RELATED, "company")
    project = rows.filter(ref=link.subject_ref).first()
    if project is None:
        raise Http404
    return project


def _to_page(request: HttpRequest) -> HttpResponse:
    return redirect("signed_link", token=token_of(request))


def _page(request: HttpRequest, link: SignedLink, project: JobProject) -> HttpResponse:
    if _may_write(project):
        return _form(request, link, project, SheetForm(kept=project.draft))
    context = {**_about(request, link, project), "version": project.versions.last()}
    return render(request, "apprenticeship/projects/employer/sheet.html", context)


def _form(
    request: HttpRequest, link: SignedLink, project: JobProject, form: SheetForm
) -> HttpResponse:
    context = {
        **_about(request, link, project),
        "form": form,
        "seen": seen_of(project.draft, FIELDS),
    }
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
    context = {
        **_about(request, link, project),
        **both,
        "back": reverse("signed_link", args=[token_of(request)]),
    }
    return render(
        request,
        "apprenticeship/projects/employer/quicker.html",
        context,
        status=HTTPStatus.CONFLICT,
    )


def _about(request: HttpRequest, link: SignedLink, project: JobProject) -> dict[str, object]:
    """Of the candidate, the name and the programme: nothing else is the employer's to know."""
    candidacy = project.candidacy
    return {
        "token": token_of(request),
        "project": project,
        "name": candidacy.application.full_name,
        "programme": candidacy.programme,
        "campaign": candidacy.application.campaign,
        "until": link.expires_at,
        "may_decline": may_abandon(project.state),
    }


def _may_write(project: JobProject) -> bool:
    return bool(may_write(project.state, project.candidacy.state))
