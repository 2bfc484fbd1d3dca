"""What is planned in a play, and what was done: act by act, in the order of their hours."""

import heapq
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from notifications.models import Notification
from rehearsal.report import PlayedStep

PlannedAct = Callable[
    [datetime], int
]  # does it at that moment, and says how many people it concerned


@dataclass(frozen=True, slots=True)
class AgendaItem:
    action: str
    title: str
    act: PlannedAct
    dated: bool


@dataclass(slots=True)
class Agenda:
    _waiting: list[tuple[datetime, int, AgendaItem]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(
        self, at: datetime, action: str, title: str, act: PlannedAct, *, dated: bool = False
    ) -> None:
        heapq.heappush(
            self._waiting, (at, next(self._numbers), AgendaItem(action, title, act, dated))
        )

    def next(self, until: datetime) -> tuple[datetime, AgendaItem] | None:
        """The next act, unless it is after `until`. Of two at the same moment, the one planned first."""
        if not self._waiting or self._waiting[0][0] > until:
            return None
        at, _, entry = heapq.heappop(self._waiting)
        return at, entry

    def __len__(self) -> int:
        return len(self._waiting)


Progress = Callable[[datetime, str], None]


@dataclass(slots=True, kw_only=True)
class Diary(ABC):
    """What a play keeps of itself while it is played."""

    agenda: Agenda = field(default_factory=Agenda)
    steps: dict[tuple[object, ...], PlayedStep] = field(default_factory=dict)
    last_message: int = 0

    @property
    @abstractmethod
    def zone(self) -> ZoneInfo:
        """That of the school."""

    def play(self, until: datetime, progress: Progress) -> None:
        """Do all that is planned up to that moment, in its order, and note it."""
        while found := self.agenda.next(until):
            at, entry = found
            progress(at, entry.title)
            people = entry.act(at)
            self.record(at, entry.action, entry.title, people, dated=entry.dated)

    def record(
        self, at: datetime, action: str, title: str, people: int, *, dated: bool = False
    ) -> None:
        """Note what was done, with the messages that came of it; nothing, where it concerned nobody."""
        messages = self._new_messages()
        if people or messages:
            self._note(
                PlayedStep(
                    at=at.astimezone(self.zone),
                    action=action,
                    title=title,
                    people=people,
                    messages=messages,
                    dated=dated,
                )
            )

    def _new_messages(self) -> int:
        keys = list(
            Notification.objects.filter(pk__gt=self.last_message).values_list("pk", flat=True)
        )
        self.last_message = max(keys, default=self.last_message)
        return len(keys)

    def _note(self, step: PlayedStep) -> None:
        """Alike acts of one day are one line."""
        key = (step.at.date(), step.action, step.title)
        before = self.steps.get(key)
        if before is None:
            self.steps[key] = step
            return
        self.steps[key] = PlayedStep(
            at=before.at,
            action=step.action,
            title=step.title,
            people=before.people + step.people,
            messages=before.messages + step.messages,
            dated=step.dated,
        )
