"""Names in a campaign file that must exist elsewhere in it. Works on a file that is otherwise wrong."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from campaigns.vocabulary import ProgrammeStatus
from common.datafile.mistakes import Mistake
from common.datafile.references import ANY, KEYS, found, parts, repeated, unknown, unused

SCOPE, DIPLOMAS = "programmes and selections", "diplomas"
ADMITTED = "selections and statuses"
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
    (("admission", KEYS), ADMITTED),
    (("routes", ANY, "article", KEYS), "specialities"),
    (("specialities", ANY, "listed", ANY, "diploma"), DIPLOMAS),
    (("routes", ANY, "titles", ANY, "diplomas", ANY), DIPLOMAS),
    (("routes", ANY, "titles", ANY, "except", ANY), DIPLOMAS),
    *(
        ((section, ANY, "for", ANY), SCOPE)
        for section in ("calendar", "routes", "ages", "documents", "rules")
    ),
)
USED = (
    ("schools", (("campaign", "organiser"), ("programmes", ANY, "school"))),
    ("pools", (("programmes", ANY, "pool"),)),
    ("specialities", (("programmes", ANY, "speciality"),)),
    ("selections", (("programmes", ANY, "selection"),)),
)
NAMED = "it to be named by a programme or left out"
UNIQUE = (
    (("programmes", ANY, "code"), "programme"),
    (("specialities", ANY, "listed", ANY, "diploma"), "diploma"),
)


def check_references(data: Mapping[str, Any], diplomas: Collection[str]) -> Iterator[Mistake]:
    for pattern, target in WHERE:
        known = _known(data, target, diplomas)
        yield from unknown(data, pattern, known, among=f"among the {target}")
    yield from _stages(data)
    for section, patterns in USED:
        yield from unused(data, section, patterns, expected=NAMED)
    for pattern, what in UNIQUE:
        yield from repeated(data, pattern, what=what)


def _known(data: Mapping[str, Any], target: str, diplomas: Collection[str]) -> set[str]:
    if target == DIPLOMAS:
        return set(diplomas)
    if target == SCOPE:
        codes = {str(code) for _, code in found(data, ("programmes", ANY, "code"))}
        return codes | _known(data, "selections", diplomas)
    if target == ADMITTED:
        return set(ProgrammeStatus) | _known(data, "selections", diplomas)
    return {str(key) for _, key in found(data, (target, KEYS))}


def _stages(data: Mapping[str, Any]) -> Iterator[Mistake]:
    for key, selection in parts(data.get("selections")):
        known = {str(stage) for _, stage in found(selection, ("stages", KEYS))}
        for pattern in (("first",), ("stages", ANY, "outcomes", ANY, "to")):
            here = ("selections", key)
            yield from unknown(
                selection, pattern, known, among="a stage of this selection", at=here
            )
