"""What becomes of a message after each attempt."""

from datetime import timedelta
from enum import StrEnum

from notifications.states import MessageAction

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12
MAX_DOUBTS = 2
PERMANENT = range(500, 600)


class Fate(StrEnum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def back_off(attempts: int) -> timedelta:
    """How long a message waits after its `attempts`-th failure: 1 min, 2 min, 4 min, … at most 2 h."""
    return min(timedelta(minutes=2 ** (attempts - 1)), timedelta(hours=2))


def fate_of_code(code: int) -> Fate:
    """What a mail server's refusal means: with 5xx it will not change its mind."""
    return Fate.REFUSED if code in PERMANENT else Fate.LATER


def next_action(fate: Fate, *, attempts: int, doubts: int) -> MessageAction:
    """What to do with a message after its `attempts`-th attempt, in doubt `doubts` times before it."""
    if fate is Fate.ACCEPTED:
        return MessageAction.ACCEPTED
    if fate is Fate.UNKNOWN:
        return MessageAction.DOUBT if doubts + 1 >= MAX_DOUBTS else MessageAction.EXPIRE
    return (
        MessageAction.REFUSED
        if fate is Fate.REFUSED or attempts >= MAX_ATTEMPTS
        else MessageAction.LATER
    )
