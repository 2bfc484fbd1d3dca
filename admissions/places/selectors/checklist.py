"""What leads someone selected to the admission: a list of conditions, each read by who knows it (R-JOB-5)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import prefetch_related_objects

from admissions.dossier.selectors.read_model import READ, ProofRow, proofs_of
from admissions.enums import DocumentState
from admissions.models import ACTIVE_SEAT_STATES, Candidacy, EmployerAgreement, Seat
from admissions.places.rules import (
    CONDITIONS,
    Checklist,
    Item,
    WhoseTurn,
    agreement_item,
    seat_item,
)
from admissions.states import EmployerAgreementState
from campaigns.notice.selectors import notice
from common.rules import Refusal

Reading = Callable[[Sequence[Candidacy]], Mapping[int, Item]]
_readings: dict[str, Reading] = {}


def register_condition(name: str, reading: Reading) -> None:
    """Have `reading(candidacies)` say where a condition stands, by key of the candidacy, for all of them at once."""
    _readings[name] = reading


def checklist_of(candidacy: Candidacy) -> Checklist:
    (checklist,) = checklists([candidacy]).values()
    return checklist


def checklists(candidacies: Iterable[Candidacy]) -> dict[int, Checklist]:
    """By key of the candidacy, in a constant number of queries."""
    rows = list(candidacies)
    read = {
        name: reading([row for row in rows if name in CONDITIONS[row.programme.admission]])
        for name, reading in _readings.items()
    }
    return {
        row.pk: Checklist(
            candidacy=row.state,
            way=row.programme.admission,
            items=tuple(read[name][row.pk] for name in CONDITIONS[row.programme.admission]),
        )
        for row in rows
    }


def search_ends(candidacies: Iterable[Candidacy]) -> dict[int, date]:
    """The last day to find a company, by key of the candidacy, where the notice in force prints one."""
    ends = {row.pk: _search_ends(row) for row in candidacies}
    return {key: day for key, day in ends.items() if day}


def _search_ends(candidacy: Candidacy) -> date | None:
    version = candidacy.application.campaign.current_version_id
    assert version, "a campaign that selects has a notice"
    document = notice(version)
    return document.search_ends_on(document.programme(candidacy.programme.code))


def read_seats(candidacies: Sequence[Candidacy]) -> Mapping[int, Item]:
    seats = Seat.objects.filter(candidacy__in=candidacies, state__in=ACTIVE_SEAT_STATES)
    states = {seat.candidacy_id: seat.state for seat in seats}
    return {row.pk: seat_item(states.get(row.pk)) for row in candidacies}


def read_agreements(candidacies: Sequence[Candidacy]) -> Mapping[int, Item]:
    rows = EmployerAgreement.objects.filter(
        candidacy__in=candidacies, state=EmployerAgreementState.IN_FORCE
    )
    states = {row.candidacy_id: row.state for row in rows}
    ends = search_ends(candidacies)
    return {row.pk: agreement_item(states.get(row.pk), ends.get(row.pk)) for row in candidacies}


def read_proofs(candidacies: Sequence[Candidacy]) -> Mapping[int, Item]:
    prefetch_related_objects(candidacies, *READ)
    return {row.pk: _proofs(row) for row in candidacies}


def _proofs(candidacy: Candidacy) -> Item:
    """The candidate's turn while a document is to be given, or given again; then the central service's."""
    unproved = [proof for proof in proofs_of(candidacy) if not proof.accepted]
    given = all(proof.state is DocumentState.GIVEN for proof in unproved)
    return Item(
        condition="proofs",
        lacks=tuple(_unproved(proof) for proof in unproved),
        who=WhoseTurn.CENTRAL_SERVICE if given else WhoseTurn.CANDIDATE,
    )


def _unproved(proof: ProofRow) -> Refusal:
    if proof.subject is None:
        return Refusal("proof_is_not_accepted", {"piece": proof.title})
    return Refusal(
        "proof_of_title_is_not_accepted", {"piece": proof.title, "subject": proof.subject}
    )
