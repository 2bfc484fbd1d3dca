"""The moves of a message, all of them, and what follows from each fate."""

from datetime import timedelta
from itertools import product

import pytest

from common.rules import IllegalMoveError, next_state
from notifications.delivery.rules import MAIL_LEASE, Fate, fate_of_code, next_action
from notifications.states import MESSAGE_MOVES, MessageAction, MessageState

LEGAL = {
    ("queued", "claim"): "leased",
    ("leased", "expire"): "queued",
    ("leased", "start"): "sending",
    ("leased", "drop"): "cancelled",
    ("sending", "accepted"): "sent",
    ("sending", "later"): "queued",
    ("sending", "refused"): "failed",
    ("sending", "expire"): "queued",
    ("sending", "doubt"): "unknown",
    ("failed", "resend"): "queued",
    ("unknown", "resend"): "queued",
    ("sent", "bounce"): "bounced",
    ("bounced", "resend"): "queued",
    ("queued", "cancel"): "cancelled",
}


@pytest.mark.parametrize(("state", "action"), list(product(MessageState, MessageAction)))
def test_every_state_and_action(state, action):
    if (state, action) in LEGAL:
        assert next_state(MESSAGE_MOVES, state, action) == LEGAL[state, action]
    else:
        with pytest.raises(IllegalMoveError):
            next_state(MESSAGE_MOVES, state, action)


@pytest.mark.parametrize(
    ("fate", "attempts", "doubts", "action"),
    [
        (Fate.ACCEPTED, 1, 0, MessageAction.ACCEPTED),
        (Fate.ACCEPTED, 12, 1, MessageAction.ACCEPTED),
        (Fate.REFUSED, 1, 0, MessageAction.REFUSED),
        (Fate.LATER, 1, 0, MessageAction.LATER),
        (Fate.LATER, 11, 0, MessageAction.LATER),
        (Fate.LATER, 12, 0, MessageAction.REFUSED),
        (Fate.UNKNOWN, 1, 0, MessageAction.EXPIRE),
        (Fate.UNKNOWN, 2, 1, MessageAction.DOUBT),
        (Fate.UNKNOWN, 12, 0, MessageAction.EXPIRE),
    ],
)
def test_what_follows(fate, attempts, doubts, action):
    assert next_action(fate, attempts=attempts, doubts=doubts) is action


@pytest.mark.parametrize(
    ("code", "fate"),
    [
        (550, Fate.REFUSED),
        (599, Fate.REFUSED),
        (421, Fate.LATER),
        (450, Fate.LATER),
        (600, Fate.LATER),
        (-1, Fate.LATER),
    ],
)
def test_answers_of_a_mail_server(code, fate):
    assert fate_of_code(code) is fate


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        (1, timedelta(minutes=1)),
        (4, timedelta(minutes=8)),
        (7, timedelta(minutes=64)),
        (8, timedelta(hours=2)),
    ],
)
def test_back_off(attempts, pause):
    assert MAIL_LEASE.pause(attempts) == pause
