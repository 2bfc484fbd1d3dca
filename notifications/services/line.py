"""The connection to the mail server, and what its answers mean."""

import logging
import smtplib
from dataclasses import dataclass
from typing import Self

from django.core.mail import EmailMessage, get_connection

from notifications.rules.delivery import Fate, fate_of_code

logger = logging.getLogger(__name__)
OK = 250
OUT_OF_REACH = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class Answer:
    fate: Fate
    reason: str = ""


class Line:
    """One connection, opened when it is needed, used for message after message."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def connect(self) -> bool:
        """Open the line unless it is open; before each message, so that a line that died meanwhile is no doubt."""
        smtp = getattr(self._connection, "connection", None)
        if smtp is not None and _answers(smtp):
            return True
        self._close()
        try:
            self._connection.open()
        except OUT_OF_REACH as error:
            logger.warning("the mail server cannot be reached: %s", error)
            return False
        return True

    def send(self, email: EmailMessage) -> Answer:
        try:
            self._connection.send_messages([email])
        except OUT_OF_REACH as error:
            return understand(error)
        except Exception as error:
            logger.exception("a message could not be put into bytes")
            return Answer(Fate.LATER, reason_of(error))
        return Answer(Fate.ACCEPTED)

    def _close(self) -> None:
        try:
            self._connection.close()
        except OUT_OF_REACH:
            logger.debug("the mail server had hung up first")


def understand(error: Exception) -> Answer:
    """What became of a message that the line did not take."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = next(iter(error.recipients.values()))[0]
            return Answer(fate_of_code(code), reason_of(error))
        case smtplib.SMTPSenderRefused():  # our own address: a mistake of set-up must lose no message
            return Answer(Fate.LATER, reason_of(error))
        case smtplib.SMTPResponseException():
            return Answer(fate_of_code(error.smtp_code), reason_of(error))
        case smtplib.SMTPNotSupportedError():
            return Answer(Fate.REFUSED, reason_of(error))
        case _:  # the line dropped: perhaps before the message was taken, perhaps after
            return Answer(Fate.UNKNOWN, reason_of(error))


def reason_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _answers(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == OK
    except OUT_OF_REACH:
        return False
