"""The contract of a dossier, and what is missing for an admission."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, prefetch_related_objects

from admissions.dossier.selectors.read_model import READ, proofs_of
from admissions.models import Candidacy
from apprenticeship.contracts.rules import AdmissionFacts, AgeLimit, ContractFacts, Proof
from apprenticeship.models import ACTIVE_SEAT_STATES, LIVE_CONTRACT_STATES, Contract, Seat
from apprenticeship.places.selectors import active_seat, sign_by
from apprenticeship.states import SIGNED_CONTRACTS, ProjectState
from campaigns.models import NoticeVersion
from campaigns.notice.selectors import notice
from campaigns.vocabulary import AgeReference


def live_contract(candidacy: Candidacy) -> Contract | None:
    contracts = Contract.objects.filter(
        project__candidacy=candidacy, state__in=LIVE_CONTRACT_STATES
    )
    return contracts.select_related("application__campaign").first()


def has_signed(candidacy: Candidacy) -> bool:
    """Whether a contract of that candidacy stands signed, countersigned or not."""
    return Contract.objects.filter(
        project__candidacy=candidacy, state__in=SIGNED_CONTRACTS
    ).exists()


def contract_standing(candidacy: Candidacy) -> ContractFacts:
    seat, contract = active_seat(candidacy.application), live_contract(candidacy)
    if seat and seat.project.candidacy_id != candidacy.pk:
        seat = None
    decided_at = seat.project.decided_at if seat else None
    zone = ZoneInfo(candidacy.application.campaign.zone)
    return ContractFacts(
        approved_on=decided_at.astimezone(zone).date() if decided_at else None,
        seat=seat.state if seat else None,
        contract=contract.state if contract else None,
        signed_on=contract.signed_on if contract else None,
        sign_by=sign_by(candidacy),
    )


def age_limits(
    candidacy: Candidacy, starts_on: date, signed_on: date | None
) -> tuple[AgeLimit, ...]:
    """Those of the notice that binds the dossier, each on the day that it counts from (R-ELI-5)."""
    document = notice(_version_id(candidacy))
    programme = next(row for row in document.programmes if row.code == candidacy.programme.code)
    days = {AgeReference.CONTRACT_START: starts_on, AgeReference.SIGNING: signed_on}
    limits = []
    for rule in document.ages.values():
        if programme in document.concerned(rule.scope):
            window = document.window(rule.milestone)
            start = window.starts_at or window.ends_at
            fixed = start.astimezone(document.zone).date() if start else None
            limits.append(AgeLimit(rule.under, days.get(rule.at, fixed), rule.source))
    return tuple(limits)


def _version_id(candidacy: Candidacy) -> int:
    version = (
        candidacy.application.accepted_notice_id
        or candidacy.application.campaign.current_version_id
    )
    if version is None:
        raise NoticeVersion.DoesNotExist(
            f"{candidacy.application.campaign} has no published notice"
        )
    return version


def standing_of(candidacy: Candidacy) -> AdmissionFacts:
    (standing,) = standings([candidacy]).values()
    return standing


def standings(candidacies: Iterable[Candidacy]) -> dict[int, AdmissionFacts]:
    """By key of the candidacy, in a constant number of queries."""
    rows = list(candidacies)
    keys = [row.pk for row in rows]
    prefetch_related_objects(rows, *READ)
    seats = {seat.project.candidacy_id: seat for seat in _seats(keys)}
    contracts = {row.project.candidacy_id: row for row in _contracts(keys)}
    return {row.pk: _standing(row, seats.get(row.pk), contracts.get(row.pk)) for row in rows}


def _standing(candidacy: Candidacy, seat: Seat | None, contract: Contract | None) -> AdmissionFacts:
    return AdmissionFacts(
        candidacy=candidacy.state,
        approved=seat is not None and seat.project.state == ProjectState.APPROVED,
        seat=seat.state if seat else None,
        contract=contract.state if contract else None,
        unproved=tuple(
            Proof(proof.title, proof.subject)
            for proof in proofs_of(candidacy)
            if not proof.accepted
        ),
    )


def _seats(keys: list[int]) -> QuerySet[Seat]:
    return Seat.objects.filter(
        project__candidacy__in=keys, state__in=ACTIVE_SEAT_STATES
    ).select_related("project")


def _contracts(keys: list[int]) -> QuerySet[Contract]:
    return Contract.objects.filter(
        project__candidacy__in=keys, state__in=LIVE_CONTRACT_STATES
    ).select_related("project")
