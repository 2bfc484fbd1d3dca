"""Admission, once all that it needs is there (R-JOB-5, R-JOB-12), and its reversal."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from admissions.dossier.services.endings import admit_candidacy, revert_admission
from admissions.dossier.services.moves import move_candidacies, refuse_unless
from admissions.models import Candidacy
from admissions.states import CandidacyAction, CandidacyState
from apprenticeship import permissions
from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.admission import may_admit
from apprenticeship.selectors.admission import standing_of
from apprenticeship.services.access import locked_candidacy, stamp_of, typed_reason
from common.journal import Stamp
from common.refusals import DomainError


def admit(*, candidacy_ref: str, actor: User, now: datetime) -> Candidacy:
    """Admit the candidate, whose other candidacies of the campaign then withdraw."""
    with transaction.atomic():
        candidacy = locked_candidacy(candidacy_ref, permissions.can_admit, actor)
        if candidacy.state == CandidacyState.ADMITTED.value:
            return candidacy
        refuse_unless(may_admit(standing_of(candidacy)))
        admit_candidacy(candidacy, stamp_of(actor, now))
        return candidacy


def revert(*, candidacy_ref: str, reason: str, actor: User, now: datetime) -> Candidacy:
    """Take an admission back: the title is not obtained, or the employer goes back on it. Seat and contract stay."""
    with transaction.atomic():
        candidacy = locked_candidacy(candidacy_ref, permissions.can_admit, actor)
        if candidacy.state != CandidacyState.ADMITTED.value:
            raise DomainError.of("candidacy_is_not_admitted")
        take_back(candidacy, stamp_of(actor, now, typed_reason(reason)))
        return candidacy


def take_back(candidacy: Candidacy, stamp: Stamp) -> None:
    """Whoever was admitted from a supplementary list is on it again."""
    revert_admission(candidacy, stamp)
    if SupplementaryEntry.objects.filter(candidacy=candidacy).exists():
        move_candidacies([candidacy], CandidacyAction.LIST_AS_TRAINEE, stamp)
