"""Names in a data file that must exist elsewhere in it. Works on a file that is otherwise wrong.

A pattern is a path in which `ANY` stands for every part of a mapping or list, and `KEYS`, at its end, for every key.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from common.datafile.mistakes import Mistake, Path, closest

ANY, KEYS = "*", "keys"


def unknown(
    data: Any, pattern: Path, known: Collection[str], *, among: str, at: Path = ()
) -> Iterator[Mistake]:
    """Names that a file uses and that nothing in it bears. `among` ends the sentence: "is not …"."""
    for path, name in found(data, pattern, at):
        if isinstance(name, str) and name not in known:
            yield Mistake(path, f"'{name}' is not {among}, {closest(name, known)}")


def unused(
    data: Any, section: str, patterns: Iterable[Path], *, expected: str
) -> Iterator[Mistake]:
    """Keys of a section that no pattern finds used."""
    used = set[str]()
    for pattern in patterns:
        used |= {name for _, name in found(data, pattern) if isinstance(name, str)}
    for path, key in found(data, (section, KEYS)):
        if key not in used:
            yield Mistake(path, f"'{key}' is never used, expected {expected}")


def repeated(data: Any, pattern: Path, *, what: str) -> Iterator[Mistake]:
    """Names that parts of one list share."""
    seen: set[tuple[Path, Any]] = set()
    for path, name in found(data, pattern):
        place = (path[:-2], name if isinstance(name, str) else None)
        if place in seen:
            yield Mistake(path, f"{what} '{name}' is there twice, expected once")
        seen.add(place)


def found(data: Any, pattern: Path, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The parts of the file that a pattern names, with where they are."""
    if not pattern:
        yield at, data
        return
    step, rest = pattern[0], pattern[1:]
    if step == KEYS:
        yield from (((*at, key), key) for key in data) if isinstance(data, Mapping) else ()
        return
    for key, part in parts(data):
        if step in {ANY, key}:
            yield from found(part, rest, (*at, key))


def parts(data: Any) -> Iterator[tuple[Any, Any]]:
    """What a mapping or a list holds, by key or by number; nothing for anything else."""
    if isinstance(data, Mapping):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)
