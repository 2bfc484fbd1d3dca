"""A data file on the disk, read for a command, which says what is wrong as `FILE:LINE: …` and stops."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

Say = Callable[[str], object]


def read_text(file: Path, say: Say) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        refuse(file, [(1, f"cannot be read ({error.strerror}), expected a file")], say)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        refuse(file, [(line, "is not UTF-8, expected text in UTF-8")], say)


def refuse(file: Path, mistakes: Iterable[tuple[int, str]], say: Say) -> NoReturn:
    """Say what is wrong, one line per mistake, and stop with code 1."""
    for line, message in mistakes:
        say(f"{file}:{line}: {message}")
    sys.exit(1)
