"""The admission of a candidate who lacks nothing, and what takes it back (R-JOB-5)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.endings import admit_candidacy, revert_admission
from admissions.models import ACCEPTED, Candidacy, SupplementaryEntry
from admissions.places.permissions import can_admit
from admissions.places.rules import may_admit
from admissions.places.selectors.checklist import checklist_of
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.states import CandidacyAction, CandidacyState
from campaigns.models import Campaign, Programme
from campaigns.notice.selectors import notice
from common.journal import Stamp
from common.moves import move
from common.refusals import DomainError, refuse_unless
from common.rules import Refusal


def admit(*, candidacy_ref: str, actor: User, now: datetime) -> Candidacy:
    """Admit the candidate, whose other candidacies of the campaign then withdraw."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_admit, actor)
        if candidacy.state == CandidacyState.ADMITTED:
            return candidacy
        refuse_unless(may_admit(checklist_of(candidacy)))
        admit_candidacy(candidacy, Stamp.of(actor, now))
        return candidacy


def revert(*, candidacy_ref: str, reason: str, actor: User, now: datetime) -> Candidacy:
    """Take an admission back: the title is not obtained, or the employer goes back on it. The place stays."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_admit, actor)
        if candidacy.state != CandidacyState.ADMITTED:
            raise DomainError.of("candidacy_is_not_admitted")
        take_back(candidacy, Stamp.of(actor, now, typed_reason(reason)))
        return candidacy


def take_back(candidacy: Candidacy, stamp: Stamp) -> None:
    """Whoever was admitted from a supplementary list is on it again."""
    revert_admission(candidacy, stamp)
    if SupplementaryEntry.objects.filter(candidacy=candidacy).exists():
        move(candidacy, CandidacyAction.LIST_AS_TRAINEE, stamp)


def no_other_way_for_those_selected(campaign: Campaign) -> Sequence[Refusal]:
    """Guard: those selected were told what their admission rests on; no change of the notice tells otherwise."""
    if campaign.current_version_id is None:
        return ()
    document = notice(campaign.current_version_id)
    told = {row.code: document.admission_of(row) for row in document.programmes}
    rows = Programme.objects.filter(campaign=campaign, candidacies__state__in=ACCEPTED).distinct()
    return [
        Refusal("selected_were_told_another_way", {"programme": row.code})
        for row in rows.order_by("position")
        if told.get(row.code, row.admission) is not row.admission
    ]
