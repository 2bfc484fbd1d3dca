"""Names in a campaign file that must exist elsewhere in it. Works on a file that is otherwise wrong."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from campaigns.document.mistakes import Mistake, Path, closest

ANY, KEYS = "*", "keys"  # in a pattern: every part of a mapping or list; every key of a mapping
SCOPE, DIPLOMAS = "programmes and selections", "diplomas"
WHERE = (
    (("campaign", "organiser"), "schools"),
    (("calendar", ANY, "relative", "to"), "calendar"),
    (("programmes", ANY, "school"), "schools"),
    (("programmes", ANY, "speciality"), "specialities"),
    (("programmes", ANY, "pool"), "pools"),
    (("programmes", ANY, "selection"), "selections"),
    (("selections", ANY, "stages", ANY, "announce"), "calendar"),
    (("selections", ANY, "stages", ANY, "assessments", ANY, "window"), "calendar"),
    (("selections", ANY, "stages", ANY, "assessments", ANY, "called_with"), "calendar"),
    (("ages", ANY, "milestone"), "calendar"),
    (("choose", KEYS), "selections"),
    (("routes", ANY, "article", KEYS), "specialities"),
    (("specialities", ANY, "listed", ANY, "diploma"), DIPLOMAS),
    (("routes", ANY, "titles", ANY, "diplomas", ANY), DIPLOMAS),
    (("routes", ANY, "titles", ANY, "except", ANY), DIPLOMAS),
    *(
        ((section, ANY, "for", ANY), SCOPE)
        for section in ("calendar", "routes", "ages", "documents")
    ),
)
USED = (
    ("schools", (("campaign", "organiser"), ("programmes", ANY, "school"))),
    ("pools", (("programmes", ANY, "pool"),)),
    ("specialities", (("programmes", ANY, "speciality"),)),
    ("selections", (("programmes", ANY, "selection"),)),
)
UNIQUE = (
    (("programmes", ANY, "code"), "programme"),
    (("specialities", ANY, "listed", ANY, "diploma"), "diploma"),
)


def check_references(data: Mapping[str, Any], diplomas: Collection[str]) -> Iterator[Mistake]:
    for pattern, target in WHERE:
        known = _known(data, target, diplomas)
        for path, name in found(data, pattern):
            if isinstance(name, str) and name not in known:
                yield Mistake(path, f"'{name}' is not among the {target}, {closest(name, known)}")
    yield from _stages(data)
    yield from _unused(data)
    yield from _twice(data)


def found(data: Any, pattern: Path, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The parts of the file that a pattern names, with where they are."""
    if not pattern:
        yield at, data
        return
    step, rest = pattern[0], pattern[1:]
    if step == KEYS:
        yield from (((*at, key), key) for key in data) if isinstance(data, Mapping) else ()
        return
    for key, part in _parts(data):
        if step in {ANY, key}:
            yield from found(part, rest, (*at, key))


def _parts(data: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(data, Mapping):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)


def _known(data: Mapping[str, Any], target: str, diplomas: Collection[str]) -> set[str]:
    if target == DIPLOMAS:
        return set(diplomas)
    if target == SCOPE:
        codes = {str(code) for _, code in found(data, ("programmes", ANY, "code"))}
        return codes | _known(data, "selections", diplomas)
    return {str(key) for _, key in found(data, (target, KEYS))}


def _stages(data: Mapping[str, Any]) -> Iterator[Mistake]:
    for key, selection in _parts(data.get("selections")):
        known = {str(stage) for _, stage in found(selection, ("stages", KEYS))}
        for pattern in (("first",), ("stages", ANY, "outcomes", ANY, "to")):
            for path, name in found(selection, pattern, ("selections", key)):
                if isinstance(name, str) and name not in known:
                    yield Mistake(
                        path, f"'{name}' is not a stage of this selection, {closest(name, known)}"
                    )


def _unused(data: Mapping[str, Any]) -> Iterator[Mistake]:
    for section, patterns in USED:
        named = {
            name
            for pattern in patterns
            for _, name in found(data, pattern)
            if isinstance(name, str)
        }
        for path, key in found(data, (section, KEYS)):
            if key not in named:
                yield Mistake(
                    path,
                    f"'{key}' is never used, expected it to be named by a programme or left out",
                )


def _twice(data: Mapping[str, Any]) -> Iterator[Mistake]:
    for pattern, what in UNIQUE:
        seen: set[tuple[Path, Any]] = set()
        for path, name in found(data, pattern):
            place = (path[:-2], name if isinstance(name, str) else None)
            if place in seen:
                yield Mistake(path, f"{what} '{name}' is there twice, expected once")
            seen.add(place)
