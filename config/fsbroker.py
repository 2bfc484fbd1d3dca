"""Celery's broker when there is no Redis: a folder of message files.

kombu's own folder transport shows a file before it is written, and loses what a
reader takes half-written. Here a file appears whole (written aside, then renamed).
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):  # type: ignore[misc]
    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        part = folder / f".{name}.part"
        part.write_bytes(str_to_bytes(dumps(payload)))
        part.replace(folder / name)


class Transport(filesystem.Transport):  # type: ignore[misc]
    Channel = Channel
