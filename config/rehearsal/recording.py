"""Where the letters of a rehearsal end: a list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from config.rehearsal.invariants import Letter


class EmailBackend(BaseEmailBackend):
    """Takes every message, and notes when it did."""

    letters: ClassVar[list[Letter]] = []
    clock: ClassVar[Callable[[], datetime]]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.letters.append(Letter(message.extra_headers["Message-ID"], self.__class__.clock()))
        return len(email_messages)
