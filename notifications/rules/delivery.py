"""States of a message in the outbox (domain-model.md, Legal moves)."""

from datetime import timedelta
from enum import IntEnum, StrEnum

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12
MAX_DOUBTS = 2
PERMANENT = range(500, 600)


class State(StrEnum):
    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


class Action(StrEnum):
    CLAIM = "claim"
    EXPIRE = "expire"
    START = "start"
    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    DOUBT = "doubt"
    BOUNCE = "bounce"
    RESEND = "resend"
    CANCEL = "cancel"


class Priority(IntEnum):
    """Who goes first when much is due: somebody waits at a screen, one person is told, thousands are told."""

    AWAITED = 1
    NORMAL = 5
    MASS = 9


class Fate(StrEnum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


MESSAGE_MOVES = {
    (State.QUEUED, Action.CLAIM): State.LEASED,
    (State.LEASED, Action.EXPIRE): State.QUEUED,
    (State.LEASED, Action.START): State.SENDING,
    (State.SENDING, Action.ACCEPTED): State.SENT,
    (State.SENDING, Action.LATER): State.QUEUED,
    (State.SENDING, Action.REFUSED): State.FAILED,
    (State.SENDING, Action.EXPIRE): State.QUEUED,  # fate unknown: sent again with the same Message-ID
    (State.SENDING, Action.DOUBT): State.UNKNOWN,  # the second time, it waits for a person
    (State.SENT, Action.BOUNCE): State.BOUNCED,
    (State.FAILED, Action.RESEND): State.QUEUED,
    (State.UNKNOWN, Action.RESEND): State.QUEUED,
    (State.BOUNCED, Action.RESEND): State.QUEUED,
    (State.QUEUED, Action.CANCEL): State.CANCELLED,
}


def back_off(attempts: int) -> timedelta:
    """How long a message waits after its `attempts`-th failure: 1 min, 2 min, 4 min, … at most 2 h."""
    return min(timedelta(minutes=2 ** (attempts - 1)), timedelta(hours=2))


def fate_of_code(code: int) -> Fate:
    """What a mail server's refusal means: with 5xx it will not change its mind."""
    return Fate.REFUSED if code in PERMANENT else Fate.LATER


def next_action(fate: Fate, *, attempts: int, doubts: int) -> Action:
    """What to do with a message after its `attempts`-th attempt, in doubt `doubts` times before it."""
    if fate is Fate.ACCEPTED:
        return Action.ACCEPTED
    if fate is Fate.UNKNOWN:
        return Action.DOUBT if doubts + 1 >= MAX_DOUBTS else Action.EXPIRE
    return Action.REFUSED if fate is Fate.REFUSED or attempts >= MAX_ATTEMPTS else Action.LATER
