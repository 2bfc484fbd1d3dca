"""Mails that only tests know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from notifications.mails import Mail
from notifications.states import Audience


class Reading:
    """What reading facts did: the batches that it was asked for, and the numbers that it is told not to know."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.unknown: set[str] = set()
        self.untrue: set[str] = set()
        self.meanwhile: Callable[[], None] = lambda: None

    def read(self, batch: Sequence) -> Sequence:
        self.batches.append(len(batch))
        self.meanwhile()
        if self.unknown & {mail.number for mail in batch}:
            raise LookupError("no such number")
        return [
            None
            if mail.number in self.untrue
            else {"number": mail.number, "name": "<Zoé>", "reply_to": mail.reply_to or ""}
            for mail in batch
        ]


@dataclass(frozen=True, kw_only=True)
class NoteMail(Mail):
    name = "tests.note"
    label = "Note"
    when = "A test says so."
    audience = Audience.STAFF
    reading: ClassVar[Reading]

    number: str
    reply_to: str | None = None

    @property
    def key(self):
        return f"{self.name.removeprefix('tests.')}:{self.number}"

    @classmethod
    def read(cls, batch):
        return cls.reading.read(batch)

    @classmethod
    def sample(cls):
        return {"number": "1", "name": "<Zoé>"}


@dataclass(frozen=True, kw_only=True)
class UnwrittenMail(NoteMail):
    """Without templates."""

    name = "tests.unwritten"


@dataclass(frozen=True, kw_only=True)
class SecretMail(Mail):
    name = "tests.secret"
    label = "Secret"
    when = "A test says so."
    audience = Audience.HOLDER
    sensitive = True

    number: str | None = None
    code: str

    @property
    def key(self):
        return f"secret:{self.number}"

    @classmethod
    def sample(cls):
        return {"code": "123456"}
