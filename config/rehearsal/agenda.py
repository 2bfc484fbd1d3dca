"""What happens when: acts in the order of their moments, each of which may plan others."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

Act = Callable[[datetime], int]  # does it at that moment, and says how many people it concerned


@dataclass(frozen=True, slots=True)
class Entry:
    action: str
    title: str
    act: Act
    dated: bool


@dataclass(slots=True)
class Agenda:
    _waiting: list[tuple[datetime, int, Entry]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(self, at: datetime, action: str, title: str, act: Act, *, dated: bool = False) -> None:
        heapq.heappush(self._waiting, (at, next(self._numbers), Entry(action, title, act, dated)))

    def next(self, until: datetime) -> tuple[datetime, Entry] | None:
        """The next act, unless it is after `until`. Of two at the same moment, the one planned first."""
        if not self._waiting or self._waiting[0][0] > until:
            return None
        at, _, entry = heapq.heappop(self._waiting)
        return at, entry

    def __len__(self) -> int:
        return len(self._waiting)
