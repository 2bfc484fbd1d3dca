"""What a person may do with a message of the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from common.rules.moves import sources
from common.rules.refusals import ALLOWED, Refusal, Verdict
from notifications.rules.delivery import MESSAGE_MOVES, Action, State

# Those that wait for a person, the most urgent first.
NEED_A_PERSON = (State.UNKNOWN, State.FAILED, State.BOUNCED)
REFUSALS: Mapping[Action, str] = {
    Action.RESEND: "message_not_to_resend",
    Action.BOUNCE: "message_not_sent",
    Action.CANCEL: "message_not_waiting",
}


class Bounce(StrEnum):
    """What the mail that came back said."""

    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED = "refused"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Acts:
    resend: Verdict
    bounce: Verdict
    cancel: Verdict

    def __bool__(self) -> bool:
        return bool(self.resend or self.bounce or self.cancel)


def acts_on(state: State, *, forgotten: bool) -> Acts:
    """`forgotten`: it held a code or a link, which was not kept once its fate was known."""
    resend = _may(state, Action.RESEND)
    if forgotten and resend:
        resend = Verdict((Refusal("message_forgotten"),))
    return Acts(resend=resend, bounce=_may(state, Action.BOUNCE), cancel=_may(state, Action.CANCEL))


def _may(state: State, action: Action) -> Verdict:
    return ALLOWED if state in sources(MESSAGE_MOVES, action) else Verdict((Refusal(REFUSALS[action]),))
