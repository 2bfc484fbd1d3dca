"""Mails that only tests know, queued and read under control."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from celery import current_app

from notifications import mails as registry
from notifications.mails import Mail, Recipient, _mails, register_mails
from tests.notifications import mails
from tests.notifications.mails import NoteMail, Reading, SecretMail

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def facts(monkeypatch, settings) -> Reading:
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], TEMPLATES]}]
    reading = Reading()
    monkeypatch.setattr(registry, "_mails", dict(_mails))
    monkeypatch.setattr(NoteMail, "reading", reading, raising=False)
    register_mails(mails)
    return reading


@pytest.fixture
def nudges(monkeypatch) -> list[str]:
    """The tasks that go to the broker."""
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: sent.append(task))
    return sent


def recipient(number: int = 1, **fields) -> Recipient:
    return Recipient(**{"address": f"p{number}@example.org", "language": "fr"} | fields)


def note(number: int = 1, *, mail: type[Mail] = NoteMail, **fields) -> Mail:
    reply_to = fields.pop("reply_to", None)
    return mail(recipient=recipient(number, **fields), number=str(number), reply_to=reply_to)


def secret(number: int = 1, code: str = "123456", **fields) -> SecretMail:
    return SecretMail(recipient=recipient(number, **fields), number=str(number), code=code)
