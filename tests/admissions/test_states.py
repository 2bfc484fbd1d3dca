"""The whole product of states and actions: what is not written here is not allowed."""

from itertools import product

import pytest

from admissions.states import (
    APPLICATION_MOVES,
    APPLIED_STATES,
    CANDIDACY_MOVES,
    DECISION_MOVES,
    ENDED_STATES,
    LIVE_STATES,
    SITTING_MOVES,
    ApplicationAction,
    ApplicationState,
    CandidacyAction,
    CandidacyState,
    DecisionAction,
    DecisionState,
    SittingAction,
    SittingState,
)
from common.rules import IllegalMoveError, next_state

APPLICATION = {
    ("draft", "submit"): "submitted",
    ("draft", "lapse"): "lapsed",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "submit"): "submitted",
    ("submitted", "ask_pieces"): "incomplete",
    ("submitted", "declare_complete"): "complete",
    ("submitted", "send_to_office"): "at_office",
    ("at_office", "hand_over"): "complete",
    ("at_office", "send_back"): "submitted",
    ("at_office", "withdraw"): "withdrawn",
    ("submitted", "refuse"): "refused",
    ("submitted", "withdraw"): "withdrawn",
    ("incomplete", "ask_pieces"): "incomplete",
    ("incomplete", "submit"): "incomplete",
    ("incomplete", "answer"): "submitted",
    ("incomplete", "refuse"): "refused",
    ("incomplete", "withdraw"): "withdrawn",
    ("complete", "withdraw"): "withdrawn",
    ("withdrawn", "reopen"): "draft",
    ("lapsed", "reopen"): "draft",
}
CANDIDACY = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "refuse"): "refused",
    ("submitted", "enter"): "in_selection",
    ("submitted", "withdraw"): "withdrawn",
    ("in_selection", "announce_next"): "in_selection",
    ("in_selection", "announce_accepted"): "selected",
    ("in_selection", "announce_rejected"): "rejected",
    ("in_selection", "rectify_next"): "in_selection",
    ("in_selection", "rectify_accepted"): "selected",
    ("in_selection", "rectify_rejected"): "rejected",
    ("in_selection", "withdraw"): "withdrawn",
    ("selected", "rectify_next"): "in_selection",
    ("selected", "rectify_accepted"): "selected",
    ("selected", "rectify_rejected"): "rejected",
    ("selected", "admit"): "admitted",
    ("selected", "withdraw"): "withdrawn",
    ("rejected", "rectify_next"): "in_selection",
    ("rejected", "rectify_accepted"): "selected",
    ("rejected", "rectify_rejected"): "rejected",
    ("admitted", "revert"): "selected",
    ("selected", "close"): "closed",
    ("selected", "list_as_trainee"): "trainee",
    ("trainee", "admit"): "admitted",
    ("trainee", "close"): "closed",
    ("trainee", "withdraw"): "withdrawn",
    ("admitted", "withdraw"): "withdrawn",
    ("withdrawn", "choose_again"): "draft",
}
DECISION = {
    ("proposed", "record"): "recorded",
    ("proposed", "undo"): "cancelled",
    ("recorded", "undo"): "cancelled",
    ("recorded", "announce"): "announced",
    ("announced", "rectify"): "rectified",
}
SITTING = {
    ("planned", "call"): "called",
    ("called", "sit"): "sat",
    ("called", "miss"): "absent",
    ("called", "excuse"): "excused",
    ("called", "book"): "booked",
    ("booked", "free"): "called",
    ("booked", "sit"): "sat",
    ("booked", "miss"): "absent",
    ("booked", "excuse"): "excused",
    ("excused", "call"): "called",
}


@pytest.mark.parametrize(("state", "action"), list(product(ApplicationState, ApplicationAction)))
def test_every_action_on_every_state_of_an_application(state, action):
    assert _led(APPLICATION_MOVES, state, action) == APPLICATION.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(CandidacyState, CandidacyAction)))
def test_every_action_on_every_state_of_a_candidacy(state, action):
    assert _led(CANDIDACY_MOVES, state, action) == CANDIDACY.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(DecisionState, DecisionAction)))
def test_every_action_on_every_state_of_a_decision(state, action):
    assert _led(DECISION_MOVES, state, action) == DECISION.get((state.value, action.value))


@pytest.mark.parametrize(("state", "action"), list(product(SittingState, SittingAction)))
def test_every_action_on_every_state_of_a_sitting(state, action):
    assert _led(SITTING_MOVES, state, action) == SITTING.get((state.value, action.value))


def test_what_is_live_and_what_was_applied_to():
    assert LIVE_STATES == ("draft", "submitted", "in_selection", "selected", "trainee", "admitted")
    assert APPLIED_STATES == (
        "submitted",
        "in_selection",
        "selected",
        "trainee",
        "rejected",
        "admitted",
        "closed",
    )


def test_what_has_ended():
    assert ENDED_STATES == (
        ApplicationState.REFUSED,
        ApplicationState.LAPSED,
        ApplicationState.WITHDRAWN,
    )


def _led(moves, state, action):
    try:
        return next_state(moves, state, action)
    except IllegalMoveError:
        return None
