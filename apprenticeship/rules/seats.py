"""Who gets which place of a pool. Plain data in, places out: the lock and the count are the service's."""

from collections.abc import Collection, Sequence
from typing import TypeVar

Asking = TypeVar("Asking")


def allocate(capacity: int, taken: Collection[int], queued: Sequence[Asking]) -> tuple[tuple[Asking, int], ...]:
    """Those of the queue who get a place, in order, each with the lowest number that is free.

    `taken` are the numbers held now. They may be more, or higher, than a capacity lowered since: nobody gets any then.
    """
    left = max(0, capacity - len(taken))
    free = [number for number in range(1, capacity + 1) if number not in taken]
    return tuple(zip(queued, free[:left], strict=False))
