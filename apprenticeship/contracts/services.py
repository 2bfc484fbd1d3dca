"""The contract of an approved project that holds a seat (R-JOB-3, R-JOB-10).

A broken contract leaves the seat to the dossier: another one may be drafted, or the seat given back, by a person.
It takes the admission back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.places.permissions import can_manage_seat
from admissions.places.selectors.pools import day_of_candidacy
from admissions.places.services.admission import take_back
from admissions.places.services.locking import lock_candidacy, typed_reason
from admissions.states import CandidacyState
from apprenticeship.contracts.rules import may_countersign, may_draft, may_sign, too_old
from apprenticeship.contracts.selectors import (
    age_limits,
    approved_project,
    contract_standing,
    live_contract,
)
from apprenticeship.models import LIVE_CONTRACT_STATES, Contract
from apprenticeship.states import ContractAction, ContractState
from common.journal import Stamp, note
from common.moves import move
from common.refusals import DomainError, refuse_unless


def draft_contract(
    *, candidacy_ref: str, starts_on: date, derogation: str = "", actor: User, now: datetime
) -> Contract:
    """Draft the contract, or change its draft."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        refuse_unless(may_draft(contract_standing(candidacy)))
        _refuse_too_old(candidacy, starts_on, None, derogation)
        project = approved_project(candidacy)
        assert project, "what may be drafted rests on a project"
        contract, is_new = Contract.objects.update_or_create(
            application=candidacy.application,
            state=ContractState.DRAFT,
            defaults={
                "project": project,
                "starts_on": starts_on,
                "derogation": derogation.strip(),
            },
        )
        draft = ContractState.DRAFT
        note(contract, "draft", Stamp.of(actor, now), source="" if is_new else draft, target=draft)
        return contract


def sign_contract(
    *, candidacy_ref: str, signed_on: date, derogation: str = "", actor: User, now: datetime
) -> Contract:
    """Record that the candidate and the employer signed."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        contract = live_contract(candidacy)
        if contract and contract.state == ContractState.SIGNED and contract.signed_on == signed_on:
            return contract
        refuse_unless(
            may_sign(contract_standing(candidacy), signed_on, day_of_candidacy(candidacy, now))
        )
        assert contract, "what may be signed was drafted"
        derogation = derogation.strip() or contract.derogation
        _refuse_too_old(candidacy, contract.starts_on, signed_on, derogation)
        stamp = Stamp.of(actor, now)
        move(contract, ContractAction.SIGN, stamp, signed_on=signed_on, derogation=derogation)
        return contract


def countersign_contract(
    *, candidacy_ref: str, countersigned_on: date, actor: User, now: datetime
) -> Contract:
    """Record that the training centre countersigned."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        contract = live_contract(candidacy)
        if contract and contract.countersigned_on == countersigned_on:
            return contract
        refuse_unless(
            may_countersign(
                contract_standing(candidacy), countersigned_on, day_of_candidacy(candidacy, now)
            )
        )
        assert contract, "what may be countersigned was signed"
        stamp = Stamp.of(actor, now)
        move(contract, ContractAction.COUNTERSIGN, stamp, countersigned_on=countersigned_on)
        return contract


def break_contract(*, candidacy_ref: str, reason: str, actor: User, now: datetime) -> Contract:
    """End a signed contract for a reason. The seat stays; an admission that rested on it is taken back."""
    with transaction.atomic():
        candidacy = lock_candidacy(candidacy_ref, can_manage_seat, actor)
        contract = live_contract(candidacy)
        if contract is None or contract.state == ContractState.DRAFT:
            raise DomainError.of("contract_is_not_signed")
        stamp = Stamp.of(actor, now, typed_reason(reason))
        _break(contract, stamp)
        if candidacy.state == CandidacyState.ADMITTED:
            take_back(candidacy, stamp)
        return contract


def drop_draft(application: Application, stamp: Stamp) -> None:
    """Delete what was drafted for a project that falls. Raises DomainError if it is signed."""
    contract = application.contracts.filter(state__in=LIVE_CONTRACT_STATES).first()
    if contract is None:
        return
    if contract.state != ContractState.DRAFT:
        raise DomainError.of("contract_to_break_first")
    note(contract, "undo", stamp, source=contract.state)
    contract.delete()


def end_contracts(candidacies: Sequence[Candidacy], why: str, stamp: Stamp) -> None:
    """Delete the drafts and break the signed contracts of candidacies that withdraw."""
    live = Contract.objects.filter(
        project__candidacy__in=candidacies, state__in=LIVE_CONTRACT_STATES
    )
    for contract in live.select_related("application__campaign").order_by("pk"):
        if contract.state == ContractState.DRAFT:
            note(contract, "undo", stamp, source=contract.state)
            contract.delete()
        else:
            _break(contract, replace(stamp, reason=why))


def _break(contract: Contract, stamp: Stamp) -> None:
    zone = ZoneInfo(contract.application.campaign.zone)
    day = stamp.at.astimezone(zone).date()
    move(contract, ContractAction.BREAK, stamp, broken_on=day, broken_why=stamp.reason)


def _refuse_too_old(
    candidacy: Candidacy, starts_on: date, signed_on: date | None, derogation: str
) -> None:
    born = candidacy.application.born_on
    if born:
        refuse_unless(too_old(age_limits(candidacy, starts_on, signed_on), born, derogation))
