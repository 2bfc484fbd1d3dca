"""The whole product of states and actions: what is not written here is not allowed."""

from itertools import product

import pytest

from admissions.states import (
    ACTIVE_SEATS,
    SEAT_MOVES,
    SeatAction,
    SeatState,
)
from apprenticeship.states import (
    COMMITMENT_MOVES,
    CONTRACT_MOVES,
    LIVE_CONTRACTS,
    OPEN_PROJECTS,
    PROJECT_MOVES,
    SIGNED_CONTRACTS,
    CommitmentAction,
    CommitmentState,
    ContractAction,
    ContractState,
    ProjectAction,
    ProjectState,
)
from common.rules import IllegalMoveError, next_state

PROJECT = {
    ("draft", "submit"): "submitted",
    ("draft", "abandon"): "abandoned",
    ("submitted", "ask_changes"): "changes_asked",
    ("submitted", "approve"): "approved",
    ("submitted", "refuse"): "refused",
    ("submitted", "abandon"): "abandoned",
    ("changes_asked", "submit"): "submitted",
    ("changes_asked", "abandon"): "abandoned",
    ("approved", "default"): "defaulted",
    ("approved", "replace"): "replaced",
    ("approved", "leave"): "abandoned",
}
SEAT = {
    ("queued", "rise"): "held",
    ("queued", "release"): "released",
    ("held", "release"): "released",
}
COMMITMENT = {
    ("open", "agree"): "firm",
    ("open", "end"): "ended",
    ("firm", "default"): "ended",
    ("firm", "renounce"): "ended",
}
CONTRACT = {
    ("draft", "sign"): "signed",
    ("signed", "countersign"): "countersigned",
    ("signed", "break"): "broken",
    ("countersigned", "break"): "broken",
    ("countersigned", "end"): "ended",
}


@pytest.mark.parametrize(("state", "action"), list(product(ProjectState, ProjectAction)))
def test_every_action_on_every_state_of_a_job_project(state, action):
    assert _led(PROJECT_MOVES, state, action) == PROJECT.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(SeatState, SeatAction)))
def test_every_action_on_every_state_of_a_seat(state, action):
    assert _led(SEAT_MOVES, state, action) == SEAT.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(CommitmentState, CommitmentAction)))
def test_every_action_on_every_state_of_a_commitment(state, action):
    assert _led(COMMITMENT_MOVES, state, action) == COMMITMENT.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(ContractState, ContractAction)))
def test_every_action_on_every_state_of_a_contract(state, action):
    assert _led(CONTRACT_MOVES, state, action) == CONTRACT.get((state.value, action.value))


def test_what_is_under_way():
    assert OPEN_PROJECTS == ("draft", "changes_asked", "submitted")
    assert ACTIVE_SEATS == ("queued", "held")
    assert LIVE_CONTRACTS == ("draft", "signed", "countersigned")
    assert SIGNED_CONTRACTS == ("signed", "countersigned")


def _led(moves, state, action):
    try:
        return next_state(moves, state, action)
    except IllegalMoveError:
        return None
