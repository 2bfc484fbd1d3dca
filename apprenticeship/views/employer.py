"""The employer's page, opened by a signed link: the sheet to fill in, then what became of it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import SignedLink
from accounts.requests import PersonRequest
from admissions.states import CandidacyState
from apprenticeship.forms.sheet import SheetForm
from apprenticeship.models import JobProject
from apprenticeship.rules.moves import ProjectState
from apprenticeship.rules.projects import may_abandon, may_write
from apprenticeship.services.projects import decline_job_project, save_draft, submit_job_project
from common.forms import attempt

RELATED = ("candidacy__programme__school", "candidacy__application__campaign", "candidacy__application__person")


def job_sheet(request: PersonRequest, link: SignedLink) -> HttpResponse:
    project = JobProject.objects.select_related(*RELATED, "company").filter(ref=link.subject_ref).first()
    if project is None:
        raise Http404
    if request.method != "POST":
        return _page(request, link, project)
    if "decline" in request.POST:
        decline_job_project(link_id=link.pk, now=request.received_at)
        return redirect(request.path)
    if not _may_write(project):
        return _page(request, link, project)
    return _write(request, link, project)


def _write(request: PersonRequest, link: SignedLink, project: JobProject) -> HttpResponse:
    """Keep what was typed before anything else; then send it, if that is asked and possible."""
    form = SheetForm(request.POST, kept=project.draft)
    save_draft(link_id=link.pk, content=form.typed, now=request.received_at)
    if "send" not in request.POST:
        messages.success(request, _("Saved. You may close this page: the same link brings you back to it."))
        return redirect(request.path)
    if form.is_valid():
        sending = partial(submit_job_project, link_id=link.pk, content=form.sheet, now=request.received_at)
        if attempt(form, sending):
            return redirect(request.path)
    return _form(request, link, project, form)


def _page(request: HttpRequest, link: SignedLink, project: JobProject) -> HttpResponse:
    if _may_write(project):
        return _form(request, link, project, SheetForm(kept=project.draft))
    context = {**_about(link, project), "version": project.versions.last()}
    return render(request, "apprenticeship/employer/sheet.html", context)


def _form(request: HttpRequest, link: SignedLink, project: JobProject, form: SheetForm) -> HttpResponse:
    context = {**_about(link, project), "form": form}
    return render(request, "apprenticeship/employer/form.html", context, status=422 if form.errors else 200)


def _about(link: SignedLink, project: JobProject) -> dict[str, object]:
    """Of the candidate, the name and the programme: nothing else is the employer's to know."""
    candidacy = project.candidacy
    return {
        "project": project,
        "name": candidacy.application.person.full_name,
        "programme": candidacy.programme,
        "campaign": candidacy.application.campaign,
        "until": link.expires_at,
        "may_decline": may_abandon(ProjectState(project.state)),
    }


def _may_write(project: JobProject) -> bool:
    return bool(may_write(ProjectState(project.state), CandidacyState(project.candidacy.state)))
