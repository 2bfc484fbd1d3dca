"""What an approved project holds: a seat, taken or queued for (R-JOB-3, R-PLA-5), and a commitment (R-JOB-4).

A commitment is open once the company and the school agree, firm with the candidate. Lock order everywhere: the dossier,
its candidacies, its projects, then pools in the order of their keys.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.dossier.services.locking import stamp_for
from admissions.enums import MOVED
from admissions.models import Application, Candidacy, Seat
from admissions.places.mails import tell_released
from admissions.places.permissions import can_manage_seat
from admissions.places.selectors.pools import active_seat
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.places.services.pools import lock_pools, rise
from admissions.places.services.seats import (
    give_back,
    give_back_all,
    take_or_queue,
    why_they_leave,
)
from admissions.states import CandidacyState
from apprenticeship.contracts.selectors import approved_project
from apprenticeship.contracts.services import drop_draft, end_contracts
from apprenticeship.models import LIVE_COMMITMENT_STATES, Commitment, JobProject
from apprenticeship.projects.mails import News, tell_closed, tell_committed, tell_left
from apprenticeship.projects.rules import may_commit, may_present_another
from apprenticeship.projects.selectors import live_commitment, state_of
from apprenticeship.projects.services.locking import lock_project
from apprenticeship.states import (
    OPEN_PROJECTS,
    CommitmentAction,
    CommitmentState,
    ProjectAction,
    ProjectState,
)
from campaigns.models import SearchRule
from common.journal import Stamp, note
from common.moves import begin, move
from common.refusals import DomainError, refuse_unless, require


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
        stamp = stamp_for(application, actor, now)
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
        tell_closed(other, News.ABANDONED, stamp.at)


UNDER_WAY = [ProjectState.APPROVED, *OPEN_PROJECTS]


def take_seat(project: JobProject, *, stamp: Stamp) -> Seat:
    """The seat of a project that is approved in this transaction: held, or queued for. Again, the same seat.

    A project approved before for the same dossier is replaced: on its seat if the pool is the same, which keeps its
    number or its rank; else that seat is given back and one is asked for in the other pool.
    The dossier is locked before the project. Raises DomainError if the project replaced has a contract signed.
    """
    application = Application.objects.select_for_update(of=("self",)).get(
        pk=project.candidacy.application_id
    )
    before, candidacy = active_seat(application), project.candidacy
    replaced = _approved_before(before, project) if before else None
    if before and replaced is None:
        return before
    wanted = candidacy.programme.pool_id
    pools = lock_pools({wanted, before.pool_id} if before else {wanted})
    if before is None or replaced is None:
        return take_or_queue(pools[wanted], candidacy, project.company, stamp)
    before.refresh_from_db(
        fields=["state", "place_no"]
    )  # it may have risen while its pool was not locked
    drop_draft(application, stamp)
    move(replaced, ProjectAction.REPLACE, stamp)
    if before.pool_id == wanted:
        return _hand_over(before, project, stamp)
    give_back(before, MOVED, stamp)
    rise(pools[before.pool_id], stamp)
    return take_or_queue(pools[wanted], candidacy, project.company, stamp)


def _approved_before(seat: Seat, project: JobProject) -> JobProject | None:
    """The project that the seat is for, unless it is this one. Raises DomainError if it is for none."""
    rows = JobProject.objects.filter(candidacy=seat.candidacy_id, state=ProjectState.APPROVED)
    projects = list(rows.select_related("candidacy__application__campaign"))
    if not projects:
        raise DomainError.of("dossier_has_a_place")
    return next((row for row in projects if row.pk != project.pk), None)


def release_seat(*, candidacy_ref: str, reason: str, actor: User, now: datetime) -> Seat | None:
    """Give back the seat of a project that falls: the employer goes back on it. The candidate is told why.

    Raises DomainError if a contract is signed or the candidate admitted: that is undone first, in its own name.
    """
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        seat = active_seat(candidacy.application)
        project = approved_project(candidacy)
        if seat is None or seat.candidacy_id != candidacy.pk or project is None:
            return Seat.objects.filter(candidacy=candidacy).last()
        stamp = Stamp.of(actor, now, typed_reason(reason))
        if candidacy.state == CandidacyState.ADMITTED:
            raise DomainError.of("admission_to_revert_first")
        drop_draft(candidacy.application, stamp)
        move(project, ProjectAction.DEFAULT, stamp, reason=stamp.reason)
        end_commitments([candidacy], CommitmentAction.DEFAULT, stamp)
        give_back_all([seat], stamp.reason, stamp)
        tell_released(seat, now)
        return seat


def leave_projects(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """With candidacies that withdraw, are rectified or closed, projects, contracts and commitments end."""
    projects = JobProject.objects.select_for_update(of=("self",)).filter(
        candidacy__in=candidacies, state__in=UNDER_WAY
    )
    related = ("candidacy__application__campaign", "candidacy__programme")
    left = list(projects.select_related(*related).order_by("pk"))
    for project in left:
        approved = project.state == ProjectState.APPROVED
        move(project, ProjectAction.LEAVE if approved else ProjectAction.ABANDON, stamp)
    tell_left(left, stamp.at)
    end_contracts(candidacies, why_they_leave(candidacies), stamp)
    end_commitments(candidacies, CommitmentAction.RENOUNCE, stamp)


def _hand_over(seat: Seat, project: JobProject, stamp: Stamp) -> Seat:
    """The same seat, number and rank for the project that replaces another."""
    seat.candidacy, seat.company = project.candidacy, project.company
    seat.save(update_fields=["candidacy", "company"])
    told = replace(stamp, data={"project": project.ref})
    note(seat, "hand_over", told, source=seat.state, target=seat.state)
    return seat
