"""The queue of the outbox. What is said to people is a row first, written with the fact that it tells."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings

from common.jobs import nudge
from notifications.mails import kind_named
from notifications.models import Notification
from notifications.states import Priority

DELIVER = "notifications.deliver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    kind: str
    dedupe_key: str
    to: str
    language: str
    refs: Mapping[str, str]
    school_id: int | None = None
    about: str = ""  # the reference of the dossier that it belongs to
    priority: Priority = Priority.NORMAL


def enqueue(messages: Iterable[Message], *, now: datetime) -> None:
    """Write messages in the caller's transaction; one that is there already is left as it is.

    Raises LookupError for a kind that is not registered.
    """
    rows = [_row(message, now) for message in messages]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if rows:
        nudge(DELIVER)


def message_id(dedupe_key: str) -> str:
    """One Message-ID per message, whatever the number of times it is sent."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]}@{domain}>"


def _row(message: Message, now: datetime) -> Notification:
    return Notification(
        dedupe_key=message.dedupe_key,
        kind=kind_named(message.kind).name,
        school_id=message.school_id,
        language=message.language,
        to=message.to,
        about=message.about,
        refs=dict(message.refs),
        priority=message.priority.value,
        queued_at=now,
        due_at=now,
        message_id=message_id(message.dedupe_key),
    )
