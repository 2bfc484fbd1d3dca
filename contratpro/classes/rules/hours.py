"""The hours of a student: those attended and those missed are those held, always (R-PRO-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contratpro.states import PresenceState

HOUR = 60  # minutes


def attended_minutes(state: PresenceState, minutes: int, late: int) -> int:
    """Of a session of so many minutes, what was attended by somebody who was found so, or came so late."""
    if state is PresenceState.PRESENT:
        return minutes
    return max(minutes - late, 0) if state is PresenceState.LATE else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClass:
    """A session that its teacher countersigned, and how the student was found there; its hours are those of its day."""

    day: date
    minutes: int
    state: PresenceState
    late: int = 0

    @property
    def attended(self) -> int:
        return attended_minutes(self.state, self.minutes, self.late)

    @property
    def missed(self) -> int:
        return self.minutes - self.attended

    @property
    def excused(self) -> int:
        """The part of what was missed that a document excuses."""
        return self.missed if self.state is PresenceState.EXCUSED else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSum:
    """In minutes."""

    held: int = 0
    attended: int = 0
    missed: int = 0
    excused: int = 0


def sum_of(classes: Iterable[HeldClass]) -> HoursSum:
    classes = tuple(classes)
    return HoursSum(
        held=sum(one.minutes for one in classes),
        attended=sum(one.attended for one in classes),
        missed=sum(one.missed for one in classes),
        excused=sum(one.excused for one in classes),
    )


def between(
    classes: Iterable[HeldClass], first: date | None, last: date | None
) -> tuple[HeldClass, ...]:
    """Those of the days from `first` to `last`, both included; without one, all that come before or after."""
    return tuple(
        one
        for one in classes
        if (first is None or one.day >= first) and (last is None or one.day <= last)
    )
