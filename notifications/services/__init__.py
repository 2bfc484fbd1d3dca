from notifications.rules.delivery import Priority
from notifications.services.kinds import Kind, register_kind
from notifications.services.outbox import Message, enqueue

__all__ = ["Kind", "Message", "Priority", "enqueue", "register_kind"]
