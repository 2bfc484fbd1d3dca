from notifications.services.kinds import Kind, register_kind
from notifications.services.outbox import Message, enqueue

__all__ = ["Kind", "Message", "enqueue", "register_kind"]
