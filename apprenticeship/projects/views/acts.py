"""What is done with a project: by the head who judges it, by the office that follows it."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from admissions.places.permissions import can_manage_seat
from apprenticeship.models import JobProject
from apprenticeship.projects import presentation
from apprenticeship.projects.forms import REASON_LENGTH
from apprenticeship.projects.permissions import can_decide_project
from apprenticeship.projects.rules import may_abandon
from apprenticeship.projects.selectors import Approval, approval_of
from apprenticeship.projects.services.deciding import (
    abandon_job_project,
    approve_job_project,
    ask_changes,
    refuse_job_project,
)
from apprenticeship.projects.views.board import decidable, project_or_404
from common.formats import localized
from screens.acts import Act, Aim, Thing, ask_why, perform


@require_http_methods(["GET", "POST"])
def approve(request: PersonRequest, ref: str) -> HttpResponseBase:
    project = project_or_404(request, ref, can_decide_project)
    return perform(request, APPROVE, _aim_at(project, approval_of(project, request.received_at)))


@require_http_methods(["GET", "POST"])
def project_act(request: PersonRequest, ref: str, act: Act[JobProject]) -> HttpResponseBase:
    """Sent back or refused, by the head."""
    project = project_or_404(request, ref, can_decide_project)
    return perform(request, act, _aim_at(project, project))


@require_http_methods(["GET", "POST"])
def abandon(request: PersonRequest, ref: str) -> HttpResponseBase:
    """The office's: a candidate who acts for oneself has another page."""
    project = project_or_404(request, ref, can_manage_seat)
    return perform(request, ABANDON, _aim_at(project, project))


def _aim_at(project: JobProject, thing: Thing) -> Aim[Thing]:
    programme = localized(project.candidacy.programme.title)
    return Aim(
        thing=thing,
        named={"project_ref": project.ref},
        about=presentation.name_of(project),
        back=reverse("project", kwargs={"ref": project.ref}),
        detail=f"{programme} · {project.company}" if project.company else programme,
    )


APPROVE = Act[Approval](
    command=approve_job_project,
    title=_("Approve this job project"),
    button=_("Approve this job"),
    done=_("The project is approved: the candidate, the employer and the office are told."),
    question=presentation.what_is_taken,
    says=presentation.before_approving,
    against=lambda approval: decidable(approval.project),
    template="apprenticeship/projects/approve.html",
)
ASK_CHANGES = Act[JobProject](
    command=ask_changes,
    title=_("Ask the employer for changes"),
    button=_("Send it back with these remarks"),
    done=_("The employer receives your remarks with a new link, and the candidate is told."),
    says=presentation.before_asking_changes,
    form=ask_why(
        label=_("What to change, as the employer and the candidate will read it"),
        help_text=_(
            "Which missions, which progression, what is missing; without personal remarks."
        ),
        missing=_("Type what is to be changed: the employer is told it."),
        length=REASON_LENGTH,
    ),
    against=decidable,
)
REFUSE = Act[JobProject](
    command=refuse_job_project,
    title=_("Refuse this job project"),
    button=_("Refuse and tell them why"),
    done=_("The project is refused: the employer and the candidate are told why."),
    says=presentation.before_refusing,
    form=ask_why(
        label=_("Reason, as the employer and the candidate will read it"),
        help_text=_("Say why the job does not suit the programme, without personal remarks."),
        missing=_("Type the reason: the employer and the candidate are told it."),
        length=REASON_LENGTH,
    ),
    against=decidable,
    danger=True,
)
ABANDON = Act[JobProject](
    command=abandon_job_project,
    title=_("Abandon a job project"),
    button=_("Abandon and tell the employer"),
    done=_("The job project is abandoned, and the employer is told."),
    question=presentation.project_abandoned,
    says=presentation.before_abandoning,
    against=lambda project: may_abandon(project.state),
    danger=True,
)
