"""What may be done about a message, and the trouble that an error of the mail server tells of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from common.rules import ALLOWED, Refusal, Verdict, sources
from notifications.states import MESSAGE_MOVES, MessageAction, MessageState

# Those that wait for a person, the most urgent first.
NEED_A_PERSON = (MessageState.UNKNOWN, MessageState.FAILED, MessageState.BOUNCED)
REFUSALS: Mapping[MessageAction, str] = {
    MessageAction.RESEND: "message_not_to_resend",
    MessageAction.BOUNCE: "message_not_sent",
    MessageAction.CANCEL: "message_not_waiting",
}


@dataclass(frozen=True, slots=True)
class MessageActs:
    resend: Verdict
    bounce: Verdict
    cancel: Verdict

    def __bool__(self) -> bool:
        return bool(self.resend or self.bounce or self.cancel)


def acts_on(state: MessageState, *, forgotten: bool) -> MessageActs:
    """`forgotten`: it held a code or a link, which was not kept once its fate was known."""
    resend = _may(state, MessageAction.RESEND)
    if forgotten and resend:
        resend = Verdict((Refusal("message_forgotten"),))
    return MessageActs(
        resend=resend,
        bounce=_may(state, MessageAction.BOUNCE),
        cancel=_may(state, MessageAction.CANCEL),
    )


def _may(state: MessageState, action: MessageAction) -> Verdict:
    return (
        ALLOWED
        if state in sources(MESSAGE_MOVES, action)
        else Verdict((Refusal(REFUSALS[action]),))
    )


CODE = re.compile(r"\(([45]\d\d), ")  # as Python shows what a mail server answered


class Trouble(StrEnum):
    NO_SUCH_ADDRESS = "no_such_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED = "refused"
    ASKED_TO_WAIT = "asked_to_wait"
    OUR_SENDER = "our_sender"
    LINE_DROPPED = "line_dropped"
    NOT_WRITTEN = "not_written"


BY_CODE = {
    "550": Trouble.NO_SUCH_ADDRESS,
    "551": Trouble.NO_SUCH_ADDRESS,
    "553": Trouble.NO_SUCH_ADDRESS,
    "452": Trouble.MAILBOX_FULL,
    "552": Trouble.MAILBOX_FULL,
}
FROM_THE_SERVER = (
    "SMTPRecipientsRefused",
    "SMTPDataError",
    "SMTPResponseException",
    "SMTPHeloError",
)
FROM_THE_LINE = (
    "SMTPServerDisconnected",
    "SMTPConnectError",
    "TimeoutError",
    "OSError",
    "Connection",
    "BrokenPipe",
    "SSL",
    "its process died",
)


def trouble_of(error: str) -> Trouble | None:
    """From what the delivery noted (`SMTPDataError: (554, b'…')`); nothing when it noted nothing."""
    if not error:
        return None
    if error.startswith("SMTPSenderRefused"):
        return Trouble.OUR_SENDER
    if error.startswith(FROM_THE_SERVER):
        found = CODE.search(error)
        code = found.group(1) if found else ""
        return BY_CODE.get(code) or (
            Trouble.ASKED_TO_WAIT if code.startswith("4") else Trouble.REFUSED
        )
    return Trouble.LINE_DROPPED if error.startswith(FROM_THE_LINE) else Trouble.NOT_WRITTEN
