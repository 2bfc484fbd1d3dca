"""What an admission needs: every reason against, in the order in which things come."""

from datetime import date
from itertools import product

import pytest

from admissions.places.rules import (
    CONDITIONS,
    AgreementFacts,
    Checklist,
    Item,
    WhoseTurn,
    agreement_item,
    may_admit,
    may_record_agreement,
    may_withdraw_agreement,
    seat_item,
)
from admissions.states import CandidacyState, EmployerAgreementState, SeatState
from apprenticeship.contracts.rules import contract_item
from apprenticeship.projects.rules import project_item
from apprenticeship.states import ContractState, ProjectState
from campaigns.vocabulary import AdmissionWay
from common.rules import Refusal

SELECTED, TRAINEE = CandidacyState.SELECTED, CandidacyState.TRAINEE
TODAY, TOMORROW = date(2022, 7, 11), date(2022, 7, 12)
PROJECTS = {
    (): (["no_approved_project"], WhoseTurn.CANDIDATE),
    (ProjectState.ABANDONED, ProjectState.REFUSED): (["no_approved_project"], WhoseTurn.CANDIDATE),
    (ProjectState.REFUSED, ProjectState.DRAFT): (["no_approved_project"], WhoseTurn.COMPANY),
    (ProjectState.CHANGES_ASKED,): (["no_approved_project"], WhoseTurn.COMPANY),
    (ProjectState.DRAFT, ProjectState.SUBMITTED): (["no_approved_project"], WhoseTurn.HEAD),
    (ProjectState.REPLACED, ProjectState.APPROVED): ([], WhoseTurn.NOBODY),
}
SEATS = {
    SeatState.HELD: [],
    SeatState.QUEUED: ["seat_is_queued"],
    SeatState.RELEASED: ["seat_is_not_held"],
    None: ["seat_is_not_held"],
}
CONTRACTS = {
    None: (["contract_is_not_drafted"], WhoseTurn.OFFICE),
    ContractState.DRAFT: (["contract_is_not_signed"], WhoseTurn.CANDIDATE),
    ContractState.SIGNED: (["contract_is_not_countersigned"], WhoseTurn.OFFICE),
    ContractState.COUNTERSIGNED: ([], WhoseTurn.NOBODY),
    ContractState.BROKEN: (["contract_is_not_drafted"], WhoseTurn.OFFICE),
    ContractState.ENDED: (["contract_is_not_drafted"], WhoseTurn.OFFICE),
}
PROOFS = {(): [], (Refusal("proof_is_not_accepted"),): ["proof_is_not_accepted"]}


def codes(refusals):
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("projects", "seat", "contract", "proofs"), list(product(PROJECTS, SEATS, CONTRACTS, PROOFS))
)
def test_every_reason_is_said_at_once(projects, seat, contract, proofs):
    """R-JOB-5, R-JOB-12, R-APP-5"""
    items = (
        project_item(projects, None),
        seat_item(seat),
        contract_item(contract, None),
        Item(condition="proofs", lacks=proofs),
    )
    checklist = Checklist(candidacy=SELECTED, way=AdmissionWay.CONTRACT, items=items)
    expected = [*PROJECTS[projects][0], *SEATS[seat], *CONTRACTS[contract][0], *PROOFS[proofs]]

    assert codes(checklist.missing) == codes(may_admit(checklist).refusals) == expected
    assert checklist.ready is (not expected)
    assert (items[0].who, items[2].who) == (PROJECTS[projects][1], CONTRACTS[contract][1])
    assert tuple(item.condition for item in items) == CONDITIONS[AdmissionWay.CONTRACT]


@pytest.mark.parametrize("state", list(CandidacyState))
@pytest.mark.parametrize("way", list(AdmissionWay))
def test_only_the_selected_are_admitted(way, state):
    checklist = Checklist(candidacy=state, way=way, items=())
    expected = [] if state in {SELECTED, TRAINEE} else ["candidacy_is_not_selected"]

    assert codes(may_admit(checklist).refusals) == expected
    assert checklist.admitted is (state is CandidacyState.ADMITTED)


def test_what_is_awaited_says_by_when():
    assert project_item((), TODAY).by == agreement_item(None, TODAY).by == TODAY
    assert contract_item(ContractState.DRAFT, TODAY).by == TODAY
    assert agreement_item(EmployerAgreementState.IN_FORCE, TODAY).met
    assert codes(agreement_item(EmployerAgreementState.WITHDRAWN, None).lacks) == [
        "no_agreement_in_force"
    ]


@pytest.mark.parametrize(
    ("changes", "on", "expected"),
    [
        ({}, TODAY, []),
        ({"candidacy": CandidacyState.IN_SELECTION}, TODAY, ["candidacy_is_not_selected"]),
        ({"way": AdmissionWay.CONTRACT}, TODAY, ["admission_rests_on_no_agreement"]),
        ({"way": AdmissionWay.RESULTS}, TODAY, ["admission_rests_on_no_agreement"]),
        ({"in_force": True, "seated": True}, TODAY, ["agreement_is_in_force"]),
        ({"seated": True}, TOMORROW, ["dossier_has_a_place", "day_is_to_come"]),
    ],
)
def test_an_agreement_is_recorded_once_of_someone_selected(changes, on, expected):
    facts = {"candidacy": SELECTED, "way": AdmissionWay.AGREEMENT, "in_force": False}
    verdict = may_record_agreement(
        AgreementFacts(**{**facts, "seated": False, **changes}), on, TODAY
    )
    assert codes(verdict.refusals) == expected


@pytest.mark.parametrize(
    ("state", "in_force", "expected"),
    [
        (SELECTED, True, []),
        (SELECTED, False, ["no_agreement_in_force"]),
        (CandidacyState.ADMITTED, True, ["admission_to_revert_first"]),
    ],
)
def test_an_agreement_ends_before_the_admission(state, in_force, expected):
    facts = AgreementFacts(
        candidacy=state, way=AdmissionWay.AGREEMENT, in_force=in_force, seated=in_force
    )
    assert codes(may_withdraw_agreement(facts).refusals) == expected
