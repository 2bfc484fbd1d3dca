"""Names in a year's file that must exist elsewhere in it. Works on a file that is otherwise wrong."""

from collections.abc import Iterator, Mapping
from typing import Any

from common.datafile.mistakes import Mistake
from common.datafile.references import ANY, KEYS, found, repeated, unknown, unused

WHERE = (
    (("dates", ANY, "relative", "to"), "dates"),
    (("dates", ANY, "ends"), "semesters"),
    (("calendars", ANY, "departments", ANY), "departments"),
    (("curriculum", "tracks", KEYS), "departments"),
    (("cost", "invoices", ANY, "covers", ANY), "semesters"),
    (("conditions", ANY, "before"), "steps"),
    (("conditions", ANY, "due"), "dates"),
    (("warnings", ANY, "before"), "steps"),
    (("steps", ANY, "after", ANY), "steps"),
    (("steps", ANY, "due"), "dates"),
    (("marks", "conduct", "closes"), "dates"),
    (("marks", "project", "semester"), "semesters"),
    (("marks", "pfe", "semester"), "semesters"),
)
SECTIONS = {"semesters": ("curriculum", "semesters", KEYS)}  # those that aren't at the root
USED = (
    ("departments", (("calendars", ANY, "departments", ANY),), "it in one of the calendars"),
    ("departments", (("curriculum", "tracks", KEYS),), "its courses in 'curriculum'"),
)


def check_references(data: Mapping[str, Any]) -> Iterator[Mistake]:
    for pattern, target in WHERE:
        where = SECTIONS.get(target, (target, KEYS))
        known = {str(key) for _, key in found(data, where)}
        yield from unknown(data, pattern, known, among=f"among the {target}")
    for section, patterns, expected in USED:
        yield from unused(data, section, patterns, expected=expected)
    yield from _two_calendars(data)
    yield from repeated(data, ("steps", ANY, "after", ANY), what="step")
    yield from _numbers(data)


def _two_calendars(data: Mapping[str, Any]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for path, name in found(data, ("calendars", ANY, "departments", ANY)):
        if isinstance(name, str) and name in seen:
            yield Mistake(path, f"'{name}' has two calendars, expected one")
        seen.add(str(name))


def _numbers(data: Mapping[str, Any]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for path, number in found(data, ("steps", ANY, "number")):
        if isinstance(number, str) and number in seen:
            yield Mistake(path, f"step '{number}' is there twice, expected once")
        seen.add(str(number))
