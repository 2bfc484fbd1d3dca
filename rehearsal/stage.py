"""A place of its own for a rehearsal: another process, a folder that goes away, no server of the real ones."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import count
from types import TracebackType
from typing import Any, ClassVar, Self, TextIO

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from common.pdf import by_weasyprint
from config.environment import ROOT, Environment
from rehearsal.invariants import ReceivedMail

KEPT = {"SECRET_KEY"}  # no other variable of ours goes through
NOWHERE = "smtp://127.0.0.1:9"  # the discard port: nothing is sent, and this would be refused


class RehearsalFailedError(Exception):
    """The scratch process ended without a report."""


def rehearse(play: str, order: dict[str, Any]) -> dict[str, Any]:
    """Have that play (`campaign` or `year`) do `order` (a document, how many people, which seed); return the report.

    What the process says goes to this one's stderr.
    """
    with tempfile.TemporaryDirectory(prefix="rentree-rehearsal-") as folder:
        ended = subprocess.run(
            [sys.executable, "-m", "rehearsal"],
            cwd=ROOT,
            env=environment(folder),
            input=json.dumps({"play": play, **order}),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if ended.returncode:
        raise RehearsalFailedError(f"the rehearsal ended with code {ended.returncode}")
    report: dict[str, Any] = json.loads(ended.stdout)
    return report


def environment(folder: str) -> dict[str, str]:
    """That of this process without what leads to real data: database, broker, mail, files."""
    ours = Environment.model_fields.keys() - KEPT
    outside = {name: value for name, value in os.environ.items() if name not in ours}
    return outside | {
        "VAR_DIR": folder,
        "EMAIL_URL": NOWHERE,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


WIDTH, EVERY = 30, 0.1  # seconds between two drawings


class Bar:
    def __init__(self, out: TextIO, start: datetime, end: datetime) -> None:
        self._out, self._start, self._end = out, start, end
        self._drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._out.isatty():
            self._out.write("\r\033[K")

    def reach(self, at: datetime, title: str) -> None:
        if not self._out.isatty() or time.monotonic() - self._drawn_at < EVERY:
            return
        self._drawn_at = time.monotonic()
        done = max(0.0, min(1.0, (at - self._start) / (self._end - self._start)))
        filled = "█" * round(done * WIDTH)
        self._out.write(f"\r\033[K{filled:░<{WIDTH}} {at:%d %b %Y} {title}")
        self._out.flush()


class RecordingBackend(BaseEmailBackend):
    """Takes every message, and notes when it did."""

    letters: ClassVar[list[ReceivedMail]] = []
    clock: ClassVar[Callable[[], datetime]]

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.letters.append(
                ReceivedMail(
                    message_id=message.extra_headers["Message-ID"],
                    at=self.__class__.clock(),
                    to=", ".join(message.to),
                    subject=str(message.subject),
                    text=str(message.body),
                )
            )
        return len(email_messages)


LAID_OUT = 50  # one of so many, the first included
_papers = count()


def print_some(html: str) -> bytes:
    """The engine of a rehearsal: every paper is written, a few are laid out, and the others are kept as HTML."""
    return html.encode() if next(_papers) % LAID_OUT else by_weasyprint(html)


def english(text: Mapping[str, Any]) -> str:
    """A text of the notice in the language of the commands, or in its own."""
    return str(text.get("en") or text["fr"])
