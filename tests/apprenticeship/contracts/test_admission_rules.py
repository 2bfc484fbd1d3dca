"""What an admission needs: every reason against, in the order in which things come."""

from itertools import product

import pytest

from admissions.states import CandidacyState
from apprenticeship.contracts.rules import AdmissionFacts, Proof, may_admit, missing
from apprenticeship.states import ContractState, SeatState

SELECTED, TRAINEE = CandidacyState.SELECTED, CandidacyState.TRAINEE
SEATS = {
    SeatState.HELD: [],
    SeatState.QUEUED: ["seat_is_queued"],
    SeatState.RELEASED: ["seat_is_not_held"],
}
SEATS[None] = ["seat_is_not_held"]
CONTRACTS = {
    None: ["contract_is_not_drafted"],
    ContractState.DRAFT: ["contract_is_not_signed"],
    ContractState.SIGNED: ["contract_is_not_countersigned"],
    ContractState.COUNTERSIGNED: [],
    ContractState.BROKEN: ["contract_is_not_drafted"],
    ContractState.ENDED: ["contract_is_not_drafted"],
}
PROOFS = {
    (): [],
    (Proof({"fr": "Visa"}),): ["proof_is_not_accepted"],
    (Proof({"fr": "Diplôme"}, {"fr": "BTS"}), Proof({"fr": "Visa"})): [
        "proof_of_title_is_not_accepted",
        "proof_is_not_accepted",
    ],
}


@pytest.mark.parametrize(
    ("approved", "seat", "contract", "proofs"),
    list(product((True, False), SEATS, CONTRACTS, PROOFS)),
)
def test_every_reason_is_said_at_once(approved, seat, contract, proofs):
    """R-JOB-5, R-JOB-12, R-APP-5"""
    standing = AdmissionFacts(
        candidacy=SELECTED, approved=approved, seat=seat, contract=contract, unproved=proofs
    )
    project = [] if approved else ["no_approved_project"]
    expected = [*project, *SEATS[seat], *CONTRACTS[contract], *PROOFS[proofs]]

    assert [refusal.code for refusal in missing(standing)] == expected
    assert [refusal.code for refusal in may_admit(standing).refusals] == expected


@pytest.mark.parametrize("state", list(CandidacyState))
def test_only_the_selected_are_admitted(state):
    standing = AdmissionFacts(
        candidacy=state, approved=True, seat=SeatState.HELD, contract=ContractState.COUNTERSIGNED
    )
    expected = [] if state in {SELECTED, TRAINEE} else ["candidacy_is_not_selected"]
    assert [refusal.code for refusal in may_admit(standing).refusals] == expected
