"""The admission of a candidate who lacks nothing, and what takes it back (R-JOB-5)."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.endings import admit_candidacy, revert_admission
from admissions.models import Candidacy, SupplementaryEntry
from admissions.places.permissions import can_admit
from admissions.places.rules import may_admit
from admissions.places.selectors.checklist import checklist_of
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.states import CandidacyAction, CandidacyState
from common.journal import Stamp
from common.moves import move
from common.refusals import DomainError, refuse_unless


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
