"""What an admission rests on, read for one candidacy or for a page of them."""

from collections.abc import Iterable

from django.db.models import QuerySet, prefetch_related_objects

from admissions.dossier.selectors.facts import READ, proofs_of
from admissions.models import Candidacy
from admissions.states import CandidacyState
from apprenticeship.models import ACTIVE, LIVE, Contract, Seat
from apprenticeship.rules.admission import Proof, Standing
from apprenticeship.rules.moves import ContractState, ProjectState, SeatState


def standing_of(candidacy: Candidacy) -> Standing:
    (standing,) = standings([candidacy]).values()
    return standing


def standings(candidacies: Iterable[Candidacy]) -> dict[int, Standing]:
    """By key of the candidacy, in a constant number of queries."""
    rows = list(candidacies)
    keys = [row.pk for row in rows]
    prefetch_related_objects(rows, *READ)
    seats = {seat.project.candidacy_id: seat for seat in _seats(keys)}
    contracts = {row.project.candidacy_id: row for row in _contracts(keys)}
    return {row.pk: _standing(row, seats.get(row.pk), contracts.get(row.pk)) for row in rows}


def _standing(candidacy: Candidacy, seat: Seat | None, contract: Contract | None) -> Standing:
    return Standing(
        candidacy=CandidacyState(candidacy.state),
        approved=seat is not None and seat.project.state == ProjectState.APPROVED.value,
        seat=SeatState(seat.state) if seat else None,
        contract=ContractState(contract.state) if contract else None,
        unproved=tuple(Proof(proof.title, proof.subject) for proof in proofs_of(candidacy) if not proof.accepted),
    )


def _seats(keys: list[int]) -> QuerySet[Seat]:
    return Seat.objects.filter(project__candidacy__in=keys, state__in=ACTIVE).select_related("project")


def _contracts(keys: list[int]) -> QuerySet[Contract]:
    return Contract.objects.filter(project__candidacy__in=keys, state__in=LIVE).select_related("project")
