"""The queue of the outbox. What is said to people is a row first, written with the fact that it tells."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings

from common.jobs import nudge
from notifications.mails import Mail, Recipient, mail_named
from notifications.models import Notification

DELIVER = "notifications.deliver"


def enqueue(mails: Iterable[Mail], *, now: datetime) -> None:
    """Write mails in the caller's transaction; one that is there already, by its key, is left as it is.

    Raises LookupError for a class that is not registered.
    """
    rows = [_row(mail, now) for mail in mails]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if rows:
        nudge(DELIVER)


def mail_of(row: Notification) -> Mail:
    """The mail that a row was made from. Raises LookupError if this version cannot read it."""
    recipient = Recipient(
        address=row.to, language=row.language, school_id=row.school_id, about=row.about
    )
    return mail_named(row.kind).load(recipient, row.refs)


def message_id(dedupe_key: str) -> str:
    """One Message-ID per message, whatever the number of times it is sent."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]}@{domain}>"


def _row(mail: Mail, now: datetime) -> Notification:
    key, recipient = mail.key, mail.recipient
    return Notification(
        dedupe_key=key,
        kind=mail_named(mail.name).name,
        school_id=recipient.school_id,
        language=recipient.language,
        to=recipient.address,
        about=recipient.about,
        refs=mail.dump(),
        priority=mail.priority.value,
        queued_at=now,
        due_at=now,
        message_id=message_id(key),
    )
