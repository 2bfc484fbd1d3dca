"""Values of a data file made wrong on purpose, one on each line, and whether each is told there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Wrong = tuple[str, str, str]  # what to look for, what to write instead, what must be said


@dataclass(frozen=True)
class Slip:
    """A line of a file with a value made wrong, and what must be said of it."""

    line: int
    text: str
    said: str


def slips(text: str, wrong: Iterable[Wrong]) -> Iterator[Slip]:
    """The first and the last line of a file on which each value can be made wrong."""
    lines = text.splitlines()
    for pattern, instead, said in wrong:
        places = [n for n, line in enumerate(lines) if re.fullmatch(pattern + r".*", line)]
        for place in dict.fromkeys([*places[:1], *places[-1:]]):
            line = re.sub(
                pattern, lambda found, instead=instead: found[1] + instead, lines[place], count=1
            )
            yield Slip(place + 1, line, said)


def with_slips(text: str, *made: Slip) -> str:
    lines = text.splitlines()
    for slip in made:
        lines[slip.line - 1] = slip.text
    return "\n".join(lines) + "\n"


def untold(mistakes: list[tuple[int, str]], *made: Slip) -> list[Slip]:
    return [
        slip
        for slip in made
        if not [1 for at, told in mistakes if at == slip.line and slip.said in told]
    ]
