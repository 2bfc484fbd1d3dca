"""What is done in the background is claimed for a time, tried again a little later each time, given up in the end."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """How long a worker has what it claims, and with what patience a failure is tried again."""

    lasts: timedelta
    tries: int
    first_pause: timedelta
    longest_pause: timedelta

    def pause(self, failures: int) -> timedelta:
        """How long to wait after the `failures`-th failure: twice as long each time."""
        return min(self.first_pause * (1 << failures - 1), self.longest_pause)

    def is_last(self, failures: int) -> bool:
        """Whether to give up after that many."""
        return failures >= self.tries
