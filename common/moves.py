"""The one writer of states: along the table of moves of the row's model, and journalled.

The state that was read is compared in the statement that writes the next one: of two commands that move the same row,
the slower is refused, and nothing that it did besides is committed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import QuerySet

from common.fields import Movable
from common.journal import Stamp, note, note_all
from common.refusals import DomainError
from common.rules import next_state, sources

Moving = TypeVar("Moving", bound=Movable)
STATE = "state"  # the column, which each model declares with the enum of its own


def begin(row: Movable, state: StrEnum, stamp: Stamp, *, verb: str) -> None:
    """Write a new row in its first state."""
    setattr(row, STATE, state)
    row.save(force_insert=True)
    note(row, verb, stamp, target=state)


def begin_all(rows: Sequence[Moving], state: StrEnum, stamp: Stamp, *, verb: str) -> None:
    """Write new rows of one model in their first state, in two statements."""
    for row in rows:
        setattr(row, STATE, state)
    if rows:
        rows_of(type(rows[0])).bulk_create(rows)
    note_all(rows, verb, stamp, target=state)


def move(row: Movable, action: StrEnum, stamp: Stamp, verb: str = "", /, **changes: object) -> None:
    """Move a row, writing `changes` along with its state; its entry has the name of the action, or `verb`.

    Raises DomainError if somebody else moved it since it was read, IllegalMoveError where its table has no such move.
    """
    move_all([row], action, stamp, verb, **changes)


def move_all(
    rows: Iterable[Moving],
    action: StrEnum,
    stamp: Stamp | None,
    verb: str = "",
    /,
    **changes: object,
) -> None:
    """Move rows of one model, as `move` does: in one statement those that come from one state, in another the journal.

    Without a stamp, the caller notes the move in its own way.
    """
    for (source, target, *read), alike in _by_move(rows, action).items():
        written = {**changes, **alike[0].written_with(action, target), "state": target}
        as_read = dict(zip(alike[0].compared, read, strict=True), state=source)
        found = rows_of(type(alike[0])).filter(pk__in=[row.pk for row in alike], **as_read)
        if found.update(**written) != len(alike):
            raise DomainError.of("moved_meanwhile")
        for row in alike:
            for name, value in written.items():
                setattr(row, name, value)
        if stamp:
            note_all(alike, verb or action, stamp, source=source, target=target)


def move_unnoted(
    rows: QuerySet[Moving], action: StrEnum, source: StrEnum | None = None, /, **changes: object
) -> int:
    """Move those of `rows` that are where `action` starts from, or in `source`. Returns how many they were.

    For the states of machines, which no journal follows: whoever finds none was not the first, and goes away.
    """
    model = rows.model
    starts = (source,) if source else sources(model.moves, action)
    [target] = {next_state(model.moves, start, action) for start in starts}
    written = {**changes, **model.written_with(action, target)}
    return rows.filter(state__in=starts).update(**written, state=target)


def _by_move(rows: Iterable[Moving], action: StrEnum) -> dict[tuple[Any, ...], list[Moving]]:
    """The rows by the state that they leave, the one that they reach, and the columns that are compared besides."""
    alike: dict[tuple[Any, ...], list[Moving]] = defaultdict(list)
    for row in rows:
        source = getattr(row, STATE)
        target = next_state(row.moves, source, action)
        alike[source, target, *(getattr(row, name) for name in row.compared)].append(row)
    return alike


def rows_of(model: type[Moving]) -> QuerySet[Moving]:
    return model._default_manager.all()  # noqa: SLF001  (an abstract model has no other name for it)
