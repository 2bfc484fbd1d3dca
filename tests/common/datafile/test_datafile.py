"""A second kind of data file, made of nothing but `common.datafile`: what next year's author has to write, and gets."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

import pytest

from common.datafile import reading
from common.datafile.files import read_text, refuse
from common.datafile.mistakes import Mistake
from common.datafile.references import ANY, repeated, unknown, unused
from common.datafile.values import (
    AS_MOMENT,
    Day,
    Euros,
    Key,
    Model,
    Section,
    StoredDocument,
    Text,
    moment_in,
)
from common.datafile.writing import canonical, digest, says_the_same, schema_of, to_yaml

Opening = Annotated[date | datetime, moment_in("the library's zone"), *AS_MOMENT]


class Shelf(Model):
    title: Text
    fine: Euros = 0


class Loan(Model):
    book: Key
    shelf: Key
    since: Day


class Library(StoredDocument):
    opens: Opening
    shelves: Section[Shelf]
    loans: tuple[Loan, ...] = ()


GOOD = """\
opens: 2026-09-01 08:30
shelves:
  z: {title: {fr: Zoologie}, fine: 1.50}
  a: {title: {fr: Arts, en: Arts}}
loans:
  - {book: B1, shelf: z, since: 2026-10-01}
  - {book: B2, shelf: a, since: 2026-10-02}
"""


def look(library: Library | None, data: Any) -> Iterator[Mistake]:
    shelves = data.get("shelves", {})
    yield from unknown(data, ("loans", ANY, "shelf"), shelves, among="among the shelves")
    yield from unused(data, "shelves", [("loans", ANY, "shelf")], expected="a loan from it")
    yield from repeated(data, ("loans", ANY, "book"), what="book")
    if library and len(library.loans) > 2:
        yield Mistake(("loans",), "too many loans, expected two")


def read(text: str):
    return reading.read(text, Library, look, called="a library")


def test_a_good_file_is_a_document():
    library, mistakes = read(GOOD)
    assert mistakes == []
    assert library.opens == datetime(2026, 9, 1, 8, 30)
    assert [(key, shelf.fine) for key, shelf in library.shelves.items()] == [("z", 150), ("a", 0)]


@pytest.mark.parametrize(
    ("good", "wrong", "mistakes"),
    [
        ("since: 2026-10-01", "since: 2026-02-31", [(6, "there is no such day, check the month")]),
        ("opens: 2026-09-01 08:30", "opens: soon", [(1, "not a date, expected YYYY-MM-DD, or")]),
        ("shelf: z", "shelf: y", [(3, "'z' is never used"), (6, "'y' is not among the shelves")]),
        ("book: B2", "book: B1", [(7, "book 'B1' is there twice")]),
        ("fine: 1.50", "fin: 1.50", [(3, "unknown key 'fin', did you mean 'fine'?")]),
        ("opens: 2026-09-01 08:30\n", "", [(1, "key 'opens' is missing")]),
        ("loans:\n", "loans:\n  - {book: B3, shelf: a, since: 2026-10-03}\n", [(5, "too many")]),
        (GOOD, "", [(1, "is empty")]),
        (GOOD, "- a", [(1, "is not a library, expected its parts by key")]),
    ],
)
def test_a_mistake_is_told_on_its_line(good, wrong, mistakes):
    library, found = read(GOOD.replace(good, wrong, 1))
    assert library is None
    assert [line for line, _ in found] == [line for line, _ in mistakes]
    for (_, message), (_, beginning) in zip(found, mistakes, strict=True):
        assert beginning in message


def test_the_author_is_told_whose_time_it_is():
    _, [(_, message)] = read(GOOD.replace("08:30", "08:30+02:00"))
    assert message.endswith("or YYYY-MM-DD HH:MM in the library's zone (no offset)")


def test_a_document_is_written_as_a_file_that_reads_the_same():
    library, _ = read(GOOD)
    assert read(to_yaml(library)) == (library, [])


def test_a_version_stores_sections_in_order_and_says_the_same_when_read_again():
    library, _ = read(GOOD)
    stored = canonical(library)
    assert [shelf["key"] for shelf in stored["shelves"]] == ["z", "a"]
    assert says_the_same(json.loads(json.dumps(stored, sort_keys=True)), library)
    assert not says_the_same(stored | {"opens": "2026-09-02"}, library)
    assert digest(stored) == digest(json.loads(json.dumps(stored, sort_keys=True)))


def test_a_key_with_a_default_that_a_release_adds_is_no_change():
    library, _ = read(GOOD.replace(", fine: 1.50", ""))
    stored = canonical(library)
    for shelf in stored["shelves"]:
        del shelf["fine"]
    assert says_the_same(stored, library)


def test_its_schema_has_the_keys_of_the_file():
    schema = json.loads(schema_of(Library))
    assert list(schema["properties"]) == ["opens", "shelves", "loans"]
    assert schema["required"] == ["opens", "shelves"]


def test_a_command_says_the_file_and_the_line_and_stops(tmp_path):
    said = []
    with pytest.raises(SystemExit) as stopped:
        refuse(tmp_path / "library.yaml", [(3, "wrong"), (5, "too")], said.append)
    assert stopped.value.code == 1
    assert said == [f"{tmp_path}/library.yaml:3: wrong", f"{tmp_path}/library.yaml:5: too"]


def test_a_file_that_cannot_be_read_is_refused_on_its_line(tmp_path):
    said = []
    with pytest.raises(SystemExit):
        read_text(tmp_path / "none.yaml", said.append)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"a: 1\nb: \xe9t\xe9\n")
    with pytest.raises(SystemExit):
        read_text(latin, said.append)
    assert said == [
        f"{tmp_path}/none.yaml:1: cannot be read (No such file or directory), expected a file",
        f"{latin}:2: is not UTF-8, expected text in UTF-8",
    ]
