"""How far a rehearsal is, on a terminal: the day being played."""

import time
from datetime import datetime
from types import TracebackType
from typing import Self, TextIO

WIDTH, EVERY = 30, 0.1  # seconds between two drawings


class Bar:
    def __init__(self, out: TextIO, start: datetime, end: datetime) -> None:
        self._out, self._start, self._end = out, start, end
        self._drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._out.isatty():
            self._out.write("\r\033[K")

    def reach(self, at: datetime, title: str) -> None:
        if not self._out.isatty() or time.monotonic() - self._drawn_at < EVERY:
            return
        self._drawn_at = time.monotonic()
        done = max(0.0, min(1.0, (at - self._start) / (self._end - self._start)))
        filled = "█" * round(done * WIDTH)
        self._out.write(f"\r\033[K{filled:░<{WIDTH}} {at:%d %b %Y} {title}")
        self._out.flush()
