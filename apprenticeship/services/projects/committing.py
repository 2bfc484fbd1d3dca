"""The candidate agrees to an approved project, the last of the three parties (R-JOB-4)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.permissions import can_act
from admissions.dossier.services.moves import refuse_unless
from apprenticeship.models import Commitment, JobProject
from apprenticeship.rules.commitments import may_commit
from apprenticeship.rules.moves import OPEN_PROJECTS, CommitmentAction, CommitmentState, ProjectAction, SeatState
from apprenticeship.selectors.commitments import live_commitment, state_of
from apprenticeship.selectors.seats import active_seat
from apprenticeship.services import project_news
from apprenticeship.services.moves import move_commitment, move_project
from apprenticeship.services.projects.access import locked_project
from common.journal import Actor, Stamp
from common.refusals import require


def commit_to_project(*, project_ref: str, actor: User, now: datetime) -> Commitment | None:
    """The candidate agrees, the last of the three: it is firm, and other projects under way end.

    Again, nothing more happens. Raises DomainError without a place, or if nothing was approved.
    """
    with transaction.atomic():
        project = locked_project(project_ref)
        application = project.candidacy.application
        require(can_act(actor, application))
        commitment, seat = live_commitment(application), active_seat(application)
        if commitment and commitment.state == CommitmentState.FIRM.value and commitment.project_id == project.pk:
            return commitment
        mine = commitment if commitment and commitment.project_id == project.pk else None
        refuse_unless(may_commit(state_of(mine), SeatState(seat.state) if seat else None))
        assert mine, "nothing else may be committed to"
        stamp = Stamp(actor=Actor.user(actor), at=now)
        move_commitment(mine, CommitmentAction.AGREE, stamp, candidate_agreed_at=now)
        project_news.tell_committed(project, now)
        _abandon_others(project, stamp)
        return mine


def _abandon_others(project: JobProject, stamp: Stamp) -> None:
    under_way = [state.value for state in OPEN_PROJECTS]
    rows = JobProject.objects.select_for_update(of=("self",)).filter(
        candidacy__application=project.candidacy.application_id, state__in=under_way
    )
    for other in rows.select_related("candidacy__application__campaign", "candidacy__programme").order_by("pk"):
        move_project(other, ProjectAction.ABANDON, stamp)
        project_news.tell_closed(other, "abandoned", stamp.at)
