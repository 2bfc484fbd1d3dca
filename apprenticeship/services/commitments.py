"""A commitment: open once the company and the school agree, firm with the candidate (R-JOB-4)."""

from collections.abc import Sequence

from admissions.dossier.services.moves import refuse_unless
from admissions.models import Candidacy
from apprenticeship.models import LIVE_COMMITTED, Commitment, JobProject
from apprenticeship.rules.commitments import may_present_another
from apprenticeship.rules.moves import CommitmentAction, CommitmentState
from apprenticeship.selectors.commitments import live_commitment, state_of
from apprenticeship.services.moves import move_commitment, note_act
from campaigns.models import SearchRule
from common.journal import Stamp


def open_commitment(project: JobProject, stamp: Stamp) -> None:
    """When a project is approved, where the notice has it. One that was open for another project ends."""
    campaign = project.candidacy.application.campaign_id
    if not SearchRule.objects.filter(campaign=campaign, firm_commitment=True).exists():
        return
    before = live_commitment(project.candidacy.application)
    if before:
        move_commitment(before, CommitmentAction.END, stamp, ended_at=stamp.at)
    row = Commitment.objects.create(
        application=project.candidacy.application,
        project=project,
        company_agreed_at=project.submitted_at or stamp.at,
        school_agreed_at=stamp.at,
    )
    note_act(row, "open", stamp, source="", target=row.state)


def refuse_if_committed(candidacy: Candidacy) -> None:
    """Raises DomainError: a firm commitment leaves room for no other project."""
    refuse_unless(may_present_another(state_of(live_commitment(candidacy.application))))


def end_commitments(candidacies: Sequence[Candidacy], action: CommitmentAction, stamp: Stamp) -> None:
    """With what it rests on: `action` is what ends one that is firm; one that is open simply ends."""
    live = Commitment.objects.filter(project__candidacy__in=candidacies, state__in=LIVE_COMMITTED)
    for row in live.select_related("application__campaign").order_by("pk"):
        firm = row.state == CommitmentState.FIRM.value
        move_commitment(row, action if firm else CommitmentAction.END, stamp, ended_at=stamp.at)
