"""The file of the nomenclature: one row per diploma, and per option where it has some."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel

from campaigns.vocabulary import DiplomaKind
from common.datafile.mistakes import Mistake, closest
from common.datafile.reading import ByLine, parse, validate
from common.datafile.values import Count, Day, Flag, Key, Model, Text


class DiplomaRow(Model):
    code: Annotated[Key, Field(max_length=30)]
    kind: DiplomaKind
    speciality: Annotated[str, Field(max_length=20)] = ""
    option: Annotated[str, Field(max_length=60)] = ""
    option_of: Key | None = None
    title: Text
    level: Count | None = None
    ects: Count | None = None
    scientific: Flag = True
    valid_from: Day | None = None
    valid_to: Day | None = None
    replaces: tuple[Key, ...] = ()


class DiplomaFile(RootModel[tuple[DiplomaRow, ...]]):
    model_config = ConfigDict(frozen=True)


def read_diplomas(text: str) -> tuple[tuple[DiplomaRow, ...], ByLine]:
    """The diplomas of a file, or all that is wrong with it by line."""
    parsed = parse(text)
    if parsed.data is None:
        return (), parsed.by_line(parsed.mistakes)
    file, mistakes = validate(DiplomaFile, parsed.data)
    rows = file.root if file else ()
    return rows, parsed.by_line([*parsed.mistakes, *mistakes, *_whole(rows)])


def _whole(rows: tuple[DiplomaRow, ...]) -> Iterator[Mistake]:
    codes = {row.code for row in rows}
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.code in seen:
            yield Mistake((index, "code"), f"'{row.code}' is there twice, expected once")
        seen.add(row.code)
        for name in (*row.replaces, *([row.option_of] if row.option_of else [])):
            if name not in codes:
                yield Mistake(
                    (index,), f"'{name}' is not among the diplomas, {closest(name, codes)}"
                )
