"""The only module that writes the state of a message."""

from django.db.models import QuerySet

from common.rules.moves import next_state
from notifications.models import ON_LEASE, Notification
from notifications.rules.delivery import MESSAGE_MOVES, Action, State


def move_all(rows: "QuerySet[Notification]", source: State, action: Action, **fields: object) -> int:
    """Move those of `rows` that still are in `source`. Returns how many were."""
    target = next_state(MESSAGE_MOVES, source, action)
    if target.value not in ON_LEASE:
        fields["lease_until"] = None
    return rows.filter(state=source.value).update(state=target.value, **fields)


def move(row: Notification, source: State, action: Action, **fields: object) -> bool:
    """Move one message, if it still is in `source` on the lease that `row` knows of. Says whether it was."""
    held = Notification.objects.filter(pk=row.pk, lease_until=row.lease_until)
    return move_all(held, source, action, **fields) == 1
