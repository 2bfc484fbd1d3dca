"""A commitment: open once the company and the school agree, firm with the candidate (R-JOB-4)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.models import Candidacy
from apprenticeship.models import LIVE_COMMITMENT_STATES, Commitment, JobProject
from apprenticeship.places.selectors import active_seat
from apprenticeship.projects.mails import tell_closed, tell_committed
from apprenticeship.projects.rules import may_commit, may_present_another
from apprenticeship.projects.selectors import live_commitment, state_of
from apprenticeship.projects.services.locking import lock_project
from apprenticeship.states import (
    OPEN_PROJECTS,
    CommitmentAction,
    CommitmentState,
    ProjectAction,
)
from campaigns.models import SearchRule
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import refuse_unless, require


def open_commitment(project: JobProject, stamp: Stamp) -> None:
    """When a project is approved, where the notice has it. One that was open for another project ends."""
    campaign = project.candidacy.application.campaign_id
    if not SearchRule.objects.filter(campaign=campaign, firm_commitment=True).exists():
        return
    before = live_commitment(project.candidacy.application)
    if before:
        move(before, CommitmentAction.END, stamp, ended_at=stamp.at)
    row = Commitment(
        application=project.candidacy.application,
        project=project,
        company_agreed_at=project.submitted_at or stamp.at,
        school_agreed_at=stamp.at,
    )
    begin(row, CommitmentState.OPEN, stamp, verb="open")


def refuse_if_committed(candidacy: Candidacy) -> None:
    """Raises DomainError: a firm commitment leaves room for no other project."""
    refuse_unless(may_present_another(state_of(live_commitment(candidacy.application))))


def end_commitments(
    candidacies: Sequence[Candidacy], action: CommitmentAction, stamp: Stamp
) -> None:
    """With what it rests on: `action` is what ends one that is firm; one that is open simply ends."""
    live = Commitment.objects.filter(
        project__candidacy__in=candidacies, state__in=LIVE_COMMITMENT_STATES
    )
    for row in live.select_related("application__campaign").order_by("pk"):
        firm = row.state == CommitmentState.FIRM
        move(row, action if firm else CommitmentAction.END, stamp, ended_at=stamp.at)


def commit_to_project(*, project_ref: str, actor: User, now: datetime) -> Commitment | None:
    """The candidate agrees, the last of the three: it is firm, and other projects under way end.

    Again, nothing more happens. Raises DomainError without a place, or if nothing was approved.
    """
    with transaction.atomic():
        project = lock_project(project_ref)
        application = project.candidacy.application
        require(can_act(actor, application))
        commitment, seat = live_commitment(application), active_seat(application)
        if (
            commitment
            and commitment.state == CommitmentState.FIRM
            and commitment.project_id == project.pk
        ):
            return commitment
        mine = commitment if commitment and commitment.project_id == project.pk else None
        refuse_unless(may_commit(state_of(mine), seat.state if seat else None))
        assert mine, "nothing else may be committed to"
        stamp = Stamp.of(actor, now)
        move(mine, CommitmentAction.AGREE, stamp, candidate_agreed_at=now)
        tell_committed(project, now)
        _abandon_others(project, stamp)
        return mine


def _abandon_others(project: JobProject, stamp: Stamp) -> None:
    under_way = OPEN_PROJECTS
    rows = JobProject.objects.select_for_update(of=("self",)).filter(
        candidacy__application=project.candidacy.application_id, state__in=under_way
    )
    for other in rows.select_related(
        "candidacy__application__campaign", "candidacy__programme"
    ).order_by("pk"):
        move(other, ProjectAction.ABANDON, stamp)
        tell_closed(other, "abandoned", stamp.at)
