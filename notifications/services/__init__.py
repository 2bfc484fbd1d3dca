from notifications.rules.delivery import Priority
from notifications.services.handling import cancel_message, mark_bounced, may_be_done, resend_message
from notifications.services.kinds import Kind, register_kind
from notifications.services.outbox import Message, enqueue
from notifications.services.reading import letters_about

__all__ = [
    "Kind",
    "Message",
    "Priority",
    "cancel_message",
    "enqueue",
    "letters_about",
    "mark_bounced",
    "may_be_done",
    "register_kind",
    "resend_message",
]
