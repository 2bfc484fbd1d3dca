"""The mail of the demonstration: no message leaves the machine, each becomes a file that a page shows."""

import re
import secrets
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ParsedMail
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

ENDING = ".eml"
NAME = re.compile(r"\d{20}-[0-9a-f]{8}")
NANOSECONDS = 1_000_000_000
LOOKED_AT = 2000  # the newest, when a recipient is looked for


@dataclass(frozen=True, slots=True)
class MailFile:
    name: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
            part = folder / f".{name}.part"
            part.touch(mode=0o600)
            part.write_bytes(message.message().as_bytes())
            part.replace(folder / f"{name}{ENDING}")
        return len(email_messages)


def date_back(moments: Sequence[tuple[int, datetime]]) -> None:
    """Have invented mails look as old as they are said to be.

    Those that came from a nanosecond on, until the next of them, came at the hour beside it.
    """
    begun = [since for since, _ in moments]
    for path in _folder().glob(f"{'[0-9]' * 20}-*{ENDING}"):
        arrival, _, end = path.name.partition("-")
        if place := bisect_right(begun, int(arrival)):
            nanoseconds = int(moments[place - 1][1].timestamp() * NANOSECONDS)
            path.replace(path.with_name(f"{nanoseconds:020d}-{end}"))


def newest(to: str, limit: int) -> list[MailFile]:
    """The newest mails, of those whose recipient holds `to`."""
    found = []
    for mail in _mails():
        if to.lower() in mail.to.lower():
            found.append(mail)
        if len(found) == limit:
            break
    return found


def read(name: str) -> MailFile | None:
    path = _folder() / f"{name}{ENDING}"
    return _parse(path) if NAME.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


def _mails() -> Iterator[MailFile]:
    paths = sorted(_folder().glob(f"{'[0-9]' * 20}-*{ENDING}"), reverse=True)
    return map(_parse, paths[:LOOKED_AT])


def _parse(path: Path) -> MailFile:
    parsed = BytesParser(ParsedMail, policy=policy.default).parsebytes(path.read_bytes())
    return MailFile(
        name=path.stem,
        at=datetime.fromtimestamp(int(path.stem.partition("-")[0]) / NANOSECONDS, UTC),
        to=str(parsed["To"]),
        subject=str(parsed["Subject"]).lstrip(" "),  # a long one begins on the next line
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
    )


def _part(parsed: ParsedMail, kind: str) -> str:
    part = parsed.get_body((kind,))
    return str(part.get_content()) if part else ""
