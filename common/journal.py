"""The journal: who did what, when, on which object. Nobody changes or deletes an entry.

Every entry is written here. A row says what it is in the journal by `in_journal`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol, TypeVar

from common.fields import Subject
from common.models import JournalEntry


class HasKey(Protocol):
    pk: int


class HasSubject(Protocol):
    def in_journal(self) -> Subject: ...


Row = TypeVar("Row", bound=HasSubject | Subject)


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
    """Who does it, when, and why if a reason is asked for.

    `data` holds codes and names of fields, never personal values.
    """

    actor: Actor
    at: datetime
    reason: str = ""
    on_behalf_of: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, who: HasKey | Actor, at: datetime, reason: str = "", **data: object) -> "Stamp":
        """A stamp of someone signed in, or of any other actor."""
        actor = who if isinstance(who, Actor) else Actor.user(who)
        return cls(actor=actor, at=at, reason=reason, data=data)

    def saying(self, **data: object) -> "Stamp":
        """The same act, with what one of its entries says."""
        return replace(self, data=data)


_sealed: set[str] = set()


def seal(*object_types: str) -> None:
    """Show the entries about these kinds of object in no list that is open to all who read the journal."""
    _sealed.update(object_types)


def sealed_types() -> frozenset[str]:
    return frozenset(_sealed)


def note(
    row: HasSubject | Subject, verb: str, stamp: Stamp, *, source: str = "", target: str = ""
) -> None:
    """Write one entry, in the caller's transaction. `source` and `target` are states, where one is left or reached."""
    note_all([row], verb, stamp, source=source, target=target)


def note_all(
    rows: Iterable[Row],
    verb: str,
    stamp: Stamp,
    *,
    source: str = "",
    target: str = "",
    data: Callable[[Row], Mapping[str, object]] = lambda _: {},
) -> None:
    """Write an entry for each row, in one statement; `data` is what the entry of that row says besides."""
    entries = [
        JournalEntry(
            at=stamp.at,
            actor_kind=stamp.actor.kind,
            actor_ref=stamp.actor.ref,
            on_behalf_of=stamp.on_behalf_of,
            verb=verb,
            scope=subject.scope,
            object_type=subject.kind,
            object_ref=subject.ref,
            from_state=source,
            to_state=target,
            reason=stamp.reason,
            data={**subject.data, **stamp.data, **data(row)},
        )
        for row in rows
        for subject in [row if isinstance(row, Subject) else row.in_journal()]
    ]
    JournalEntry.objects.bulk_create(entries, batch_size=500)
