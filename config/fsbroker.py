"""Celery's broker when there is no Redis: a folder of message files.

kombu's own folder transport shows a file before it is written, and takes it through
the system's temporary folder; what is read half-written is lost. Here every file appears
whole (written aside, then renamed) and is taken by a rename, which one reader alone wins.
"""

import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps, loads


def _write_whole(path: Path, content: Any) -> None:
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    part.write_bytes(str_to_bytes(dumps(content)))
    part.replace(path)


class Channel(filesystem.Channel):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.messages = Path(self.data_folder_in)
        for folder in (self.messages, self.control_folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        table = self.get_table(exchange)
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        if binding not in table:
            _write_whole(self._exchange_file(exchange), [binding, *table])

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:
        _write_whole(
            self.messages / f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg", payload
        )

    def _get(self, queue: str) -> Any:
        for path in sorted(self.messages.glob(f"[0-9]*.{queue}.msg")):
            taken = path.with_name(f".{path.name}")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another reader was quicker
            content = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(content)
        raise Empty


class Transport(filesystem.Transport):  # type: ignore[misc]
    Channel = Channel
