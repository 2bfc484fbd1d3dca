"""Each file with one of its values made wrong, wherever it stands: refused at that very line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from campaigns.document.checks import read
from tests.factories.campaigns import ALBI_2021, ALES_2022, ALES_2024, nomenclature

FILES = {path.stem: path.read_text("utf-8") for path in (ALES_2022, ALES_2024, ALBI_2021)}
KNOWN = {row.code for row in nomenclature()}
# What to look for, what to write instead, what must be said.
WRONG = [
    (r"(    pool: )\S+", "nowhere", "is not among the pools"),
    (r"(    selection: )\S+", "nowhere", "is not among the selections"),
    (r"(    speciality: )\S+", "NOTHING", "is not among the specialities"),
    (r"(    entry_year: )\d", "6", "5"),
    (r"(        announce: )\S+", "never", "is not among the calendar"),
    (r"(            window: )\S+", "never", "is not among the calendar"),
    (r"(            called_with: )\S+", "never", "is not among the calendar"),
    (r"(            to: )\S+", "nowhere", "nowhere"),
    (r"(            kind: )\S+", "maybe", "expected 'next', 'accepted', 'rejected' or 'listed'"),
    (r"(            medium: )\S+", "post", "expected 'online', 'video' or 'on_site'"),
    (r"(            who: )\S+", "some", "expected 'all' or 'jury'"),
    (r"(            minutes: )\S+", "many", "many"),
    (r"(            takes: )\S+", "once", "once"),
    (r"(    on: )\d{4}-\S+", "2022-02-30", "there is no such day"),
    (r"(    from: )\d{4}-\S+", "soon", "not a date"),
    (r"(    until: )\d{4}-\S+", "31/03/2022", "not a date"),
    (r"(    action: )\S+", "tell", "expected 'announce'"),
    (r"(    first: )[a-z]\S*", "nothing", "nothing"),
    (r"(      - \{diploma: )[A-Z0-9-]+", "NOPE", "is not among the diplomas"),
    (r"(    verdict: )\S+", "yes please", "expected 'eligible' or 'jury'"),
    (r"(    formats: ).*", "[doc]", "expected 'jpg', 'png' or 'pdf'"),
    (r"(    max_bytes: )\S+", "2MB", "2MB"),
    (r"(    max_files: )\S+", "0", "0"),
    (r"(    needed: )\S+", "later", "expected 'submission', 'admission' or 'optional'"),
    (r"(    per: )\S+", "school", "expected 'dossier', 'programme' or 'title'"),
    (r"(    standard: \{first: )\S+,", "free,", "not an amount in euros"),
    (r"(    grant_holder: \{first: )\S+,", "-1,", "-1"),
    (r"(  organiser: )\S+", "nobody", "is not among the schools"),
    (r"(  session: )\S+", "1999", "2000"),
    (r"(  zone: )\S+", "Europe/Albi", "unknown time zone"),
]


@dataclass(frozen=True)
class Slip:
    """A line of a file with a value made wrong, and what must be said of it."""

    line: int
    text: str
    said: str


def slips(text: str) -> Iterator[Slip]:
    """The first and the last line of a file on which each value can be made wrong."""
    lines = text.splitlines()
    for pattern, wrong, said in WRONG:
        places = [n for n, line in enumerate(lines) if re.fullmatch(pattern + r".*", line)]
        for place in dict.fromkeys([*places[:1], *places[-1:]]):
            line = re.sub(
                pattern, lambda found, wrong=wrong: found[1] + wrong, lines[place], count=1
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


ALL = [(name, slip) for name, text in FILES.items() for slip in slips(text)]


def test_there_are_a_hundred_of_them_each_on_its_line():
    assert len(ALL) >= 100
    assert len({(name, slip.line) for name, slip in ALL}) == len(ALL)


@pytest.mark.parametrize("name", FILES)
def test_every_value_made_wrong_at_once_is_refused_at_its_line(name):
    """None hides another: a line that is not told alone is not told here."""
    made = list(slips(FILES[name]))
    document, mistakes = read(with_slips(FILES[name], *made), KNOWN)
    assert document is None
    assert untold(mistakes, *made) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "slip"), [pytest.param(*found, id=f"{found[0]}:{found[1].line}") for found in ALL]
)
def test_one_value_made_wrong_is_refused_at_its_line(name, slip):
    document, mistakes = read(with_slips(FILES[name], slip), KNOWN)
    assert document is None
    assert untold(mistakes, slip) == []
