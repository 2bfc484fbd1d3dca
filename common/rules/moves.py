"""The one way a state changes: a table of legal moves per aggregate."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)
Action = TypeVar("Action", bound=StrEnum)


class IllegalMoveError(Exception):
    """The action is not in the aggregate's table for that state."""


def next_state(moves: Mapping[tuple[State, Action], State], state: State, action: Action) -> State:
    """Where `action` leads from `state`.

    Raises IllegalMoveError when the table has no such move.
    """
    try:
        return moves[state, action]
    except KeyError:
        raise IllegalMoveError(f"{action!r} is not allowed from {state!r}") from None


def sources(moves: Mapping[tuple[State, Action], State], action: Action) -> tuple[State, ...]:
    """The states from which `action` is allowed."""
    return tuple(state for state, known in moves if known == action)
