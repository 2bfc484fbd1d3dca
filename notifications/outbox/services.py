"""What a person decides about a message: sent again, noted as come back, kept from leaving."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.jobs import nudge
from common.journal import Stamp
from common.moves import move
from common.refusals import refuse_unless, require
from notifications.mails import is_sensitive
from notifications.models import Notification
from notifications.outbox.permissions import can_handle_message
from notifications.outbox.rules import MessageActs, acts_on
from notifications.queue import DELIVER
from notifications.states import Bounce, MessageAction, MessageState


def may_be_done(message: Notification) -> MessageActs:
    forgotten = is_sensitive(message.kind) and not message.refs
    return acts_on(message.state, forgotten=forgotten)


def resend_message(*, message_id: int, actor: User, now: datetime) -> Notification:
    """Queue it again, under the same Message-ID, as if it had never been tried."""
    with transaction.atomic():
        message = _locked(message_id, actor)
        if message.state != MessageState.QUEUED:
            refuse_unless(may_be_done(message).resend)
            fresh: dict[str, object] = {
                "attempts": 0,
                "doubts": 0,
                "last_error": "",
                "sent_at": None,
                "bounce": "",
                "due_at": now,
            }
            _move(message, MessageAction.RESEND, actor, now, fields=fresh)
            nudge(DELIVER)
    return message


def mark_bounced(*, message_id: int, bounce: Bounce, actor: User, now: datetime) -> Notification:
    """Note that a mail came back, as the recipient's server told the mailbox that answers."""
    with transaction.atomic():
        message = _locked(message_id, actor)
        if message.state != MessageState.BOUNCED:
            refuse_unless(may_be_done(message).bounce)
            _move(
                message,
                MessageAction.BOUNCE,
                actor,
                now,
                reason=bounce,
                fields={"bounce": bounce},
            )
    return message


def cancel_message(*, message_id: int, actor: User, now: datetime) -> Notification:
    with transaction.atomic():
        message = _locked(message_id, actor)
        if message.state != MessageState.CANCELLED:
            refuse_unless(may_be_done(message).cancel)
            forgotten: dict[str, object] = {"refs": {}} if is_sensitive(message.kind) else {}
            _move(message, MessageAction.CANCEL, actor, now, fields=forgotten)
    return message


def _locked(message_id: int, actor: User) -> Notification:
    message = (
        Notification.objects.select_for_update(of=("self",))
        .select_related("school")
        .get(pk=message_id)
    )
    require(can_handle_message(actor, message))
    return message


def _move(
    message: Notification,
    action: MessageAction,
    actor: User,
    now: datetime,
    *,
    reason: str = "",
    fields: Mapping[str, object],
) -> None:
    move(message, action, Stamp.of(actor, now, reason), f"{action}_message", **fields)
