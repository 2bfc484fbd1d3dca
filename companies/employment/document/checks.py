"""Whether the file of a form makes sense as a whole: versions one after another, each box once in each."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from common.datafile import reading
from common.datafile.mistakes import Mistake, Path
from common.datafile.reading import ByLine
from companies.employment.document.schema import FormDocument, FormVersion


def read(text: str) -> tuple[FormDocument | None, ByLine]:
    """The form that a file describes, or all that is wrong with it by line."""
    return reading.read(text, FormDocument, check, called="the file of a form")


def check(document: FormDocument | None, _data: Any) -> Iterator[Mistake]:
    """What the whole says that its parts don't. `document` is None if a part is wrong."""
    if document is None:
        return
    for index, (above, version) in enumerate(pairwise(document.versions), start=1):
        if int(version.version) <= int(above.version):
            said = f"'{version.version}' comes after '{above.version}', expected a later version"
            yield Mistake(("versions", index, "version"), said)
        if above.since and version.since and version.since <= above.since:
            said = f"is not after {above.since}, when the version above began"
            yield Mistake(("versions", index, "since"), said)
    for index, version in enumerate(document.versions):
        yield from _boxes_once(version, ("versions", index, "sections"))


def _boxes_once(version: FormVersion, where: Path) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for name, section in version.sections.items():
        for key in section.fields:
            if key in seen:
                said = f"'{key}' is a box of '{seen[key]}' too, expected a key of its own"
                yield Mistake((*where, name, "fields", key), said)
            seen[key] = name
