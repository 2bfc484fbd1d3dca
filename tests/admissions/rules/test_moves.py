"""The whole product of states and actions: what is not written here is not allowed."""

from itertools import product

import pytest

from admissions.rules.moves import (
    APPLICATION_MOVES,
    CANDIDACY_MOVES,
    ENDED_STATES,
    ApplicationAction,
    ApplicationState,
    CandidacyAction,
    CandidacyState,
)
from common.rules.moves import IllegalMoveError, next_state

APPLICATION = {
    ("draft", "submit"): "submitted",
    ("draft", "lapse"): "lapsed",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "submit"): "submitted",
    ("submitted", "refuse"): "refused",
    ("submitted", "withdraw"): "withdrawn",
    ("withdrawn", "reopen"): "draft",
    ("lapsed", "reopen"): "draft",
}
CANDIDACY = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "refuse"): "refused",
    ("submitted", "withdraw"): "withdrawn",
    ("withdrawn", "choose_again"): "draft",
}


@pytest.mark.parametrize(("state", "action"), list(product(ApplicationState, ApplicationAction)))
def test_every_action_on_every_state_of_an_application(state, action):
    assert _led(APPLICATION_MOVES, state, action) == APPLICATION.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(CandidacyState, CandidacyAction)))
def test_every_action_on_every_state_of_a_candidacy(state, action):
    assert _led(CANDIDACY_MOVES, state, action) == CANDIDACY.get((state.value, action.value))


def test_what_has_ended():
    assert ENDED_STATES == (ApplicationState.REFUSED, ApplicationState.LAPSED, ApplicationState.WITHDRAWN)


def _led(moves, state, action):
    try:
        return next_state(moves, state, action)
    except IllegalMoveError:
        return None
