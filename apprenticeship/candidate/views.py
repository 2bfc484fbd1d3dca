"""The candidate's search for a company. Before it is announced that they are selected, it does not exist."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.dossier.permissions import can_act
from admissions.dossier.requests import application_or_404
from admissions.models import SEARCHING, Application, Candidacy
from admissions.places.selectors.checklist import search_ends
from admissions.places.selectors.lists import entry_of
from admissions.places.selectors.pools import active_seat, count_pools, rank_of
from admissions.states import CandidacyState
from apprenticeship.candidate import presentation
from apprenticeship.contracts.selectors import has_signed
from apprenticeship.models import JobProject
from apprenticeship.projects.forms import EmployerInvitationForm
from apprenticeship.projects.presentation import project_abandoned
from apprenticeship.projects.rules import may_abandon, may_commit, may_present_another
from apprenticeship.projects.selectors import live_commitment, projects_of, searches, state_of
from apprenticeship.projects.services.deciding import abandon_job_project
from apprenticeship.projects.services.inviting import invite_employer, send_new_link
from apprenticeship.projects.services.seats import commit_to_project
from common.forms import attempt
from common.rules import Verdict
from screens.acts import Act, Aim, perform


@require_http_methods(["GET", "POST"])
def company(request: PersonRequest, ref: str) -> HttpResponseBase:
    application = _own(request, ref)
    candidacies = searches(application)
    if not candidacies:
        return _over_or_404(application)
    open_ones = [row for row in candidacies if row.state in SEARCHING]
    form = EmployerInvitationForm(request.POST or None, candidacies=open_ones)
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
            return redirect("application_company", ref=ref)
    pools = {row.programme.pool_id for row in candidacies}
    counts = [
        row
        for row in count_pools(application.campaign, request.received_at)
        if row.pool.pk in pools
    ]
    taken = active_seat(application)
    seat = taken if taken and taken.candidacy in candidacies else None
    commitment, trainee = live_commitment(application), entry_of(application)
    context = {
        "application": application,
        "campaign": application.campaign,
        "candidacies": candidacies,
        "searching": bool(open_ones),
        "may_invite": bool(
            open_ones and taken == seat and may_present_another(state_of(commitment))
        ),
        "elsewhere": taken.candidacy.programme if taken and not seat else None,
        "counts": counts,
        "ends": min(search_ends(open_ones).values(), default=None),
        "now": request.received_at,
        "form": form,
        "projects": projects_of(application),
        "seat": seat,
        "trainee": trainee,
        "trainee_signed": trainee is not None and has_signed(trainee.candidacy),
        "signed": seat is not None and has_signed(seat.candidacy),
        "commitment": commitment,
        "may_commit": bool(may_commit(state_of(commitment), seat.state if seat else None)),
        "rank": rank_of(seat) if seat and seat.place_no is None else 0,
    }
    return render(
        request,
        "apprenticeship/candidate/company.html",
        context,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def resend_link(request: PersonRequest, ref: str, project_ref: str) -> HttpResponseBase:
    project = _project(request, ref, project_ref)
    if request.method == "POST":
        send_new_link(project_ref=project.ref, actor=request.user, now=request.received_at)
        messages.success(
            request, _("A new link is sent to the employer; the former one no longer works.")
        )
    return redirect("application_company", ref=ref)


@require_http_methods(["GET", "POST"])
def project_act(
    request: PersonRequest, ref: str, project_ref: str, act: Act[JobProject]
) -> HttpResponseBase:
    project = _project(request, ref, project_ref)
    aim = Aim(
        thing=project,
        named={"project_ref": project.ref},
        about=_("My search for a company"),
        back=reverse("application_company", kwargs={"ref": ref}),
        layout="base.html",
    )
    return perform(request, act, aim)


def _may_commit(project: JobProject) -> Verdict:
    application = project.candidacy.application
    commitment, seat = live_commitment(application), active_seat(application)
    mine = commitment if commitment and commitment.project_id == project.pk else None
    return may_commit(state_of(mine), seat.state if seat else None)


COMMIT = Act[JobProject](
    command=commit_to_project,
    title=gettext_lazy("Commit to a company"),
    button=gettext_lazy("Commit firmly"),
    done=gettext_lazy(
        "Your commitment is firm. The company and you receive a message that says so."
    ),
    question=presentation.you_commit,
    says=presentation.before_committing,
    against=_may_commit,
    template="apprenticeship/candidate/act.html",
)
ABANDON = Act[JobProject](
    command=abandon_job_project,
    title=gettext_lazy("Abandon a job project"),
    button=gettext_lazy("Abandon and tell the employer"),
    done=gettext_lazy("The job project is abandoned, and the employer is told."),
    question=project_abandoned,
    says=presentation.before_abandoning,
    against=lambda project: may_abandon(project.state),
    danger=True,
    template="apprenticeship/candidate/act.html",
)


def _own(request: PersonRequest, ref: str) -> Application:
    application = application_or_404(ref)
    if not can_act(request.user, application):
        raise Http404
    return application


def _over_or_404(application: Application) -> HttpResponseBase:
    """Where the search ended without a place, the dossier says so to whoever follows a link of an older message."""
    if not application.candidacies.filter(state=CandidacyState.CLOSED).exists():
        raise Http404
    return redirect("application", ref=application.ref)


def _search(request: PersonRequest, ref: str) -> tuple[Application, list[Candidacy]]:
    application = _own(request, ref)
    candidacies = searches(application)
    if not candidacies:
        raise Http404
    return application, candidacies


def _project(request: PersonRequest, ref: str, project_ref: str) -> JobProject:
    application, _candidacies = _search(request, ref)
    project = next((row for row in projects_of(application) if row.ref == project_ref), None)
    if project is None:
        raise Http404
    return project
