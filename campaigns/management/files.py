"""What the commands that read files share."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from django.core.management.base import OutputWrapper

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DIPLOMAS = FIXTURES / "diplomas.yaml"


def read_text(file: Path, stderr: OutputWrapper) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        refuse(file, [(1, f"cannot be read ({error.strerror}), expected a file")], stderr)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        refuse(file, [(line, "is not UTF-8, expected text in UTF-8")], stderr)


def refuse(file: Path, mistakes: Iterable[tuple[int, str]], stderr: OutputWrapper) -> NoReturn:
    """Say what is wrong, one line per mistake, and stop with code 1."""
    for line, message in mistakes:
        stderr.write(f"{file}:{line}: {message}")
    sys.exit(1)
