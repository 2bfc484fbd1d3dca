"""The one way in which a worker takes a row, for a time, and says what became of it.

A worker that dies leaves its claim behind: once the lease is over another takes the row. One that wakes up after that
finds that the row is no longer its own, and writes nothing. A claim is known by the columns that its model compares.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet

from common.fields import Leased
from common.journal import Stamp
from common.moves import move, move_unnoted, rows_of
from common.rules import Lease

Claimed = TypeVar("Claimed", bound=Leased)


def claim(
    rows: QuerySet[Claimed], action: StrEnum, lease: Lease, now: datetime, /, **changes: object
) -> int:
    """Take those of `rows` that are where `action` starts from. Returns how many they were."""
    return move_unnoted(rows, action, lease_until=now + lease.lasts, **changes)


def claim_noted(
    row: Leased, action: StrEnum, lease: Lease, stamp: Stamp, /, **changes: object
) -> None:
    """Take a locked row whose moves the journal follows."""
    move(row, action, stamp, lease_until=stamp.at + lease.lasts, **changes)


def as_claimed(row: Leased) -> dict[str, Any]:
    """By what a row is found as long as the claim on it stands."""
    return {"pk": row.pk} | {name: getattr(row, name) for name in row.compared}


def settle(
    row: Leased, action: StrEnum, source: StrEnum | None = None, /, **changes: object
) -> bool:
    """Write what became of a claim. False if the lease was over and somebody else has had the row since."""
    held = rows_of(type(row)).filter(**as_claimed(row))
    return move_unnoted(held, action, source, **changes) == 1


def renew(row: Leased, action: StrEnum, lease: Lease, now: datetime, /, **changes: object) -> bool:
    """Go on with what was claimed, for as long again. False if somebody else has it by now."""
    until = now + lease.lasts
    if not settle(row, action, lease_until=until, **changes):
        return False
    row.lease_until = until
    return True


def left_behind(rows: QuerySet[Claimed], now: datetime) -> QuerySet[Claimed]:
    """What was claimed by a worker that is no more."""
    return rows.filter(lease_until__lt=now)
