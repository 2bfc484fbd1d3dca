"""The queue of the outbox. What is said to people is a row first, written with the fact that it tells.

The only module that writes the state of a message.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet

from common.jobs import nudge
from common.rules.moves import next_state
from notifications.mails import kind_named
from notifications.models import ON_LEASE, Notification
from notifications.states import MESSAGE_MOVES, MessageAction, MessageState, Priority

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


def move_all(
    rows: "QuerySet[Notification]", source: MessageState, action: MessageAction, **fields: object
) -> int:
    """Move those of `rows` that still are in `source`. Returns how many were."""
    target = next_state(MESSAGE_MOVES, source, action)
    if target.value not in ON_LEASE:
        fields["lease_until"] = None
    return rows.filter(state=source.value).update(state=target.value, **fields)


def move(row: Notification, source: MessageState, action: MessageAction, **fields: object) -> bool:
    """Move one message, if it still is in `source` on the lease that `row` knows of. Says whether it was."""
    held = Notification.objects.filter(pk=row.pk, lease_until=row.lease_until)
    return move_all(held, source, action, **fields) == 1
