"""What an error of the delivery means, for someone who has to do something about it."""

import re
from enum import StrEnum

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
FROM_THE_SERVER = ("SMTPRecipientsRefused", "SMTPDataError", "SMTPResponseException", "SMTPHeloError")
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
        return BY_CODE.get(code) or (Trouble.ASKED_TO_WAIT if code.startswith("4") else Trouble.REFUSED)
    return Trouble.LINE_DROPPED if error.startswith(FROM_THE_LINE) else Trouble.NOT_WRITTEN
