"""The employer's agreement, on which the notice may admit in place of a contract: it takes the seat."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from admissions.models import Candidacy, EmployerAgreement, Seat
from admissions.places.mails import tell_agreed, tell_released
from admissions.places.permissions import can_manage_seat
from admissions.places.rules import may_record_agreement, may_withdraw_agreement
from admissions.places.selectors.agreements import agreement_facts, agreement_in_force
from admissions.places.selectors.pools import active_seat, day_of_candidacy
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.places.services.pools import lock_pools
from admissions.places.services.seats import give_back_all, take_or_queue, why_they_leave
from admissions.states import EmployerAgreementAction, EmployerAgreementState
from common.journal import Stamp
from common.moves import begin, move
from common.refusals import refuse_unless
from companies.models import Company
from companies.services import CompanyInput, keep_company, valid_siret


def record_agreement(
    *, candidacy_ref: str, company: CompanyInput, agreed_on: date, actor: User, now: datetime
) -> EmployerAgreement:
    """Keep that a company agrees: the candidate takes a place, or queues for one, and is told. Again, nothing more.

    Raises DomainError where the notice admits on something else, or if the dossier has a place already.
    """
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        known = agreement_in_force(candidacy)
        if known and known.agreed_on == agreed_on and _is_same(known.company, company):
            return known
        today = day_of_candidacy(candidacy, now)
        refuse_unless(may_record_agreement(agreement_facts(candidacy), agreed_on, today))
        stamp = Stamp.of(actor, now)
        row = EmployerAgreement(
            candidacy=candidacy,
            company=keep_company(company),
            agreed_on=agreed_on,
            recorded_at=now,
            recorded_by=actor,
        )
        begin(row, EmployerAgreementState.IN_FORCE, stamp, verb="record")
        pool = lock_pools([candidacy.programme.pool_id])[candidacy.programme.pool_id]
        tell_agreed(take_or_queue(pool, candidacy, row.company, stamp), now)
        return row


def _is_same(kept: Company, typed: CompanyInput) -> bool:
    """By its SIRET; a company without one, by all that is typed of it."""
    if typed.siret:
        return kept.siret == valid_siret(typed.siret)
    return all(getattr(kept, name) == value for name, value in asdict(typed).items())


def withdraw_agreement(
    *, candidacy_ref: str, reason: str, actor: User, now: datetime
) -> Seat | None:
    """The company goes back on it: the place goes to the first who waits, and the candidate is told why.

    Raises DomainError if none is in force, or the candidate is admitted: that is undone first.
    """
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        refuse_unless(may_withdraw_agreement(agreement_facts(candidacy)))
        stamp = Stamp.of(actor, now, typed_reason(reason))
        _end([candidacy], stamp.reason, stamp)
        seat = active_seat(candidacy.application)
        if seat:
            give_back_all([seat], stamp.reason, stamp)
            tell_released(seat, now)
        return seat


def leave_agreements(candidacies: Sequence[Candidacy], stamp: Stamp) -> None:
    """With candidacies that withdraw, are rectified or closed, agreements end."""
    _end(candidacies, why_they_leave(candidacies), stamp)


def _end(candidacies: Sequence[Candidacy], why: str, stamp: Stamp) -> None:
    rows = EmployerAgreement.objects.filter(
        candidacy__in=candidacies, state=EmployerAgreementState.IN_FORCE
    )
    for row in rows.select_related("candidacy__application__campaign").order_by("pk"):
        move(row, EmployerAgreementAction.WITHDRAW, stamp, withdrawn_at=stamp.at, withdrawn_why=why)
