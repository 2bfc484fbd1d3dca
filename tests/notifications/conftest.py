"""Kinds of messages that only tests know."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import current_app

from notifications import mails as kinds
from notifications.mails import Kind, _kinds, register_kinds
from notifications.queue import Message

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TEMPLATES = Path(__file__).parent / "templates"


class Facts:
    """A builder that counts the batches it was asked for, and fails for the references it is told to."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.unknown: set[str] = set()
        self.meanwhile = lambda: None

    def __call__(self, batch: Sequence) -> Sequence:
        self.batches.append(len(batch))
        self.meanwhile()
        if self.unknown & {refs["number"] for refs in batch}:
            raise LookupError("no such number")
        return [
            {"number": refs["number"], "name": "<Zoé>", "reply_to": refs.get("reply_to", "")}
            for refs in batch
        ]


@pytest.fixture(autouse=True)
def facts(monkeypatch, settings) -> Facts:
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], TEMPLATES]}]
    builder = Facts()
    monkeypatch.setattr(kinds, "_kinds", dict(_kinds))
    register_kinds(Kind(name="tests.note", template="note", build=builder))
    register_kinds(Kind(name="tests.unwritten", template="unwritten", build=builder))
    register_kinds(
        Kind(name="tests.secret", template="secret", build=lambda batch: batch, sensitive=True)
    )
    return builder


@pytest.fixture
def nudges(monkeypatch) -> list[str]:
    """The tasks that go to the broker."""
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: sent.append(task))
    return sent


def note(number: int = 1, **fields) -> Message:
    facts = {
        "kind": "tests.note",
        "dedupe_key": f"note:{number}",
        "to": f"p{number}@example.org",
        "language": "fr",
    }
    return Message(**facts | {"refs": {"number": str(number)}} | fields)


def secret(number: int = 1) -> Message:
    return note(number, kind="tests.secret", dedupe_key=f"secret:{number}", refs={"code": "123456"})
