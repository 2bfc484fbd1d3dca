"""The journal: who did what, when, on which object. Nobody changes or deletes an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from common.models import JournalEntry


class HasKey(Protocol):
    pk: int


@dataclass(frozen=True, slots=True)
class Actor:
    kind: str
    ref: str

    @classmethod
    def user(cls, user: HasKey) -> "Actor":
        return cls("user", str(user.pk))

    @classmethod
    def link(cls, link: HasKey) -> "Actor":
        """Whoever followed a signed link: its row says to whom it was sent."""
        return cls("link", str(link.pk))


SYSTEM = Actor("system", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Who moves it, when, and why if a reason is asked for."""

    actor: Actor
    at: datetime
    reason: str = ""
    on_behalf_of: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a command notes. `data` holds codes and names of fields, never personal values."""

    at: datetime
    actor: Actor
    verb: str
    scope: str
    object_type: str
    object_ref: str
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    on_behalf_of: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


_sealed: set[str] = set()


def seal(*object_types: str) -> None:
    """Show the entries about these kinds of object in no list that is open to all who read the journal."""
    _sealed.update(object_types)


def sealed_types() -> frozenset[str]:
    return frozenset(_sealed)


def note(*entries: Entry) -> None:
    """Write entries, in the caller's transaction."""
    JournalEntry.objects.bulk_create([_row(entry) for entry in entries], batch_size=500)


def _row(entry: Entry) -> JournalEntry:
    return JournalEntry(
        at=entry.at,
        actor_kind=entry.actor.kind,
        actor_ref=entry.actor.ref,
        on_behalf_of=entry.on_behalf_of,
        verb=entry.verb,
        scope=entry.scope,
        object_type=entry.object_type,
        object_ref=entry.object_ref,
        from_state=entry.from_state,
        to_state=entry.to_state,
        reason=entry.reason,
        data=dict(entry.data),
    )
