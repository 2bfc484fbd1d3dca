"""What becomes of a message after each attempt."""

from datetime import timedelta
from enum import StrEnum

from common.rules import Lease
from notifications.states import MessageAction

MAIL_LEASE = Lease(
    lasts=timedelta(minutes=2),
    tries=12,
    first_pause=timedelta(minutes=1),
    longest_pause=timedelta(hours=2),
)
MAX_DOUBTS = 2
PERMANENT = range(500, 600)


class Fate(StrEnum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


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
        if fate is Fate.REFUSED or MAIL_LEASE.is_last(attempts)
        else MessageAction.LATER
    )
