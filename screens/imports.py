"""A spreadsheet that somebody gives, xlsx or csv, read into rows whose columns are known by their names.

Decided on its bytes, never on its name. Nothing in it is run: of a formula, what the spreadsheet last showed is read.
Every mistake comes back with its line, as the person sees it in the margin of the spreadsheet.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, BinaryIO

from django.core import signing
from django.core.exceptions import ValidationError

from common.forms import DateField
from common.refusals import DomainError
from common.rules import Refusal, fold

MOST_BYTES = 2_000_000
MOST_UNPACKED = 20_000_000  # what the parts of an xlsx say that they unpack to
MOST_PARTS = 500
MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_SHEETS = 10
LONGEST = 500  # characters of a cell
HEADER_WITHIN = 15  # a title and a few words may stand above the names of the columns
MOST_SHOWN = 40  # characters of a cell that a sentence repeats
DAY_NUMBERS = range(1, 100_000)  # what Excel keeps of a date whose format was lost
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ";\t,"
TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # how a csv keeps the zeros before a number
YES = frozenset({"oui", "o", "yes", "y", "x", "vrai", "true", "1"})
NO = frozenset({"non", "n", "no", "faux", "false", "0"})
LETTERS = re.compile(r"[^\W\d_]+")
PARTICLES = frozenset({"de", "du", "des", "d"})
UNREADABLE = (
    zipfile.BadZipFile, OSError, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError,
)  # fmt: skip

Value = str | date | bool
Cells = Sequence[Any]


class Reads(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NAME = "name"  # one in capitals alone is given its small letters back
    EMAIL = "email"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is looked for, by any of these names: case, accents and punctuation do not matter."""

    key: str
    names: tuple[str, ...]
    reads: Reads = Reads.TEXT
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line that is not empty. An empty cell has no value."""

    line: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class TableMistake:
    line: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreadsheet:
    """What was read. A line with a mistake is not among the rows."""

    rows: tuple[TableRow, ...]
    mistakes: tuple[TableMistake, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]  # names above columns that nobody asked for


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """The line that names the columns: where each of those that are looked for is."""

    line: int
    places: Mapping[str, int]
    ignored: tuple[str, ...]


def read_table(file: BinaryIO, size: int, columns: Sequence[Column]) -> Spreadsheet:
    """The rows of a spreadsheet. Raises DomainError for one that cannot be read, or in which columns lack."""
    if size == 0:
        raise DomainError.of("file_empty")
    if size > MOST_BYTES:
        raise DomainError.of("file_too_big", max_bytes=MOST_BYTES)
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if content.startswith(OLD_EXCEL):
        raise DomainError.of("table_of_old_excel")
    sheets = _xlsx(content) if content.startswith(ZIP) else _csv(content, columns)
    lacking: tuple[str, ...] = ()
    for rows in sheets:
        header = _header(rows, columns)
        absent = _absent(header, columns)
        if header and not absent:
            return _table(rows, header, columns)
        lacking = lacking or absent
    raise DomainError.of("table_lacks_columns", columns=lacking)


def carry(lines: Iterable[TableRow], salt: str) -> str:
    """The rows as a form carries them from the page that showed them to the one that writes them, signed."""
    rows = [
        [row.line, {name: _carried(value) for name, value in row.values.items()}] for row in lines
    ]
    return signing.dumps(rows, salt=salt, compress=True)


def carried(text: str, salt: str) -> tuple[TableRow, ...]:
    """The rows that a form carried. Raises DomainError if they are not those that were shown."""
    try:
        rows = signing.loads(text, salt=salt)
    except signing.BadSignature:
        raise DomainError.of("table_not_shown") from None
    return tuple(
        TableRow(line, {name: _uncarried(value) for name, value in values.items()})
        for line, values in rows
    )


def _carried(value: Value) -> object:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _uncarried(value: Any) -> Value:
    read: Value = date.fromisoformat(value["day"]) if isinstance(value, dict) else value
    return read


def _xlsx(content: bytes) -> Iterator[list[Cells]]:
    """The rows of each sheet that is not hidden, one sheet at a time."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow to load, and few processes read an xlsx

    try:
        _refuse_a_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                found = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
                yield _bounded(found)
    except UNREADABLE:
        raise DomainError.of("table_unreadable") from None


def _refuse_a_bomb(content: bytes) -> None:
    """No part of an xlsx gives more bytes than it says: zipfile stops there."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        infos = parts.infolist()
        if "xl/workbook.xml" not in parts.namelist():
            raise DomainError.of("table_unreadable")
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise DomainError.of("file_unpacks_too_big")


def _csv(content: bytes, columns: Sequence[Column]) -> Iterator[list[Cells]]:
    """The rows, cut by the delimiter with which the most columns are found."""
    text = _decoded(content)
    readings = [_cut(text, delimiter) for delimiter in DELIMITERS]
    yield max(readings, key=lambda rows: len(_best_header(rows, columns).places))


def _cut(text: str, delimiter: str) -> list[Cells]:
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise DomainError.of("table_unreadable") from None


def _decoded(content: bytes) -> str:
    """UTF-8 with a mark or without, Excel's "Unicode text", else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise DomainError.of("table_unreadable")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _bounded(rows: Iterable[Cells]) -> list[Cells]:
    found = list(islice(rows, MOST_ROWS + HEADER_WITHIN + 1))
    while found and not any(_shown(cell) for cell in found[-1]):
        found.pop()
    if len(found) > MOST_ROWS + HEADER_WITHIN:
        raise DomainError.of("table_too_long", rows=MOST_ROWS)
    return found


def _header(rows: list[Cells], columns: Sequence[Column]) -> HeaderLine | None:
    header = _best_header(rows, columns)
    return header if header.places else None


def _best_header(rows: list[Cells], columns: Sequence[Column]) -> HeaderLine:
    """Of the first lines, that which names the most columns."""
    names = {fold(name): column.key for column in columns for name in column.names}
    found = [
        _as_header(line, cells, names) for line, cells in enumerate(rows[:HEADER_WITHIN], start=1)
    ]
    return max(found, key=lambda header: len(header.places), default=HeaderLine(0, {}, ()))


def _as_header(line: int, cells: Cells, names: Mapping[str, str]) -> HeaderLine:
    places: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(cells[:MOST_COLUMNS]):
        said = _shown(cell)
        key = names.get(fold(said))
        if key and key not in places:
            places[key] = place
        elif said:
            ignored.append(said[:MOST_SHOWN])
    return HeaderLine(line, places, tuple(ignored))


def _absent(header: HeaderLine | None, columns: Sequence[Column]) -> tuple[str, ...]:
    places = header.places if header else {}
    return tuple(c.names[0] for c in columns if c.required and c.key not in places)


def _table(rows: list[Cells], header: HeaderLine, columns: Sequence[Column]) -> Spreadsheet:
    found: list[TableRow] = []
    mistakes: list[TableMistake] = []
    for line, cells in enumerate(rows[header.line :], start=header.line + 1):
        values, refusals = _row(cells, header, columns)
        if refusals:
            mistakes += [TableMistake(line, refusal) for refusal in refusals]
        elif values:
            found.append(TableRow(line, values))
    return Spreadsheet(
        rows=tuple(found),
        mistakes=tuple(mistakes),
        columns=tuple(header.places),
        ignored=header.ignored,
    )


def _row(
    cells: Cells, header: HeaderLine, columns: Sequence[Column]
) -> tuple[dict[str, Value], list[Refusal]]:
    """The values of a line, and what is wrong with it; neither, where the columns asked for are all empty."""
    values: dict[str, Value] = {}
    refusals: list[Refusal] = []
    for column in columns:
        place = header.places.get(column.key)
        cell = cells[place] if place is not None and place < len(cells) else None
        if not _shown(cell):
            continue
        try:
            values[column.key] = _value(cell, column)
        except DomainError as error:
            refusals += error.refusals
    if values or refusals:
        refusals += [
            Refusal("cell_missing", {"column": column.names[0]})
            for column in columns
            if column.required and not _has_cell(cells, header.places.get(column.key))
        ]
    return values, refusals


def _has_cell(cells: Cells, place: int | None) -> bool:
    return place is not None and place < len(cells) and bool(_shown(cells[place]))


def _value(cell: Any, column: Column) -> Value:
    text = _shown(cell)
    said = {"column": column.names[0], "text": text[:MOST_SHOWN]}
    if len(text) > LONGEST:
        raise DomainError.of("cell_too_long", **said)
    if text.startswith("=") or not text.isprintable():
        raise DomainError.of("cell_not_text", **said)
    match column.reads:
        case Reads.NAME:
            return proper_case(text)
        case Reads.EMAIL:
            return text.lower()
        case Reads.DATE:
            return _date(cell, text, said)
        case Reads.FLAG:
            return _flag(text, said)
        case Reads.TEXT:
            return text


def _shown(cell: Any) -> str:
    """A cell as it is read: one line, single spaces, a whole number without its decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", str(cell)).strip()
    if as_text := TEXT_FORMULA.fullmatch(text):
        text = as_text[1]
    return " ".join(text.split())


def _date(cell: Any, text: str, said: Mapping[str, str]) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and cell in DAY_NUMBERS:
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 -- as above

        found: datetime = from_excel(cell)
        return found.date()
    try:
        read = DateField().to_python(text.removesuffix(" 00:00:00"))
    except ValidationError:
        read = None
    if read is None:
        raise DomainError.of("cell_not_a_date", **said)
    return read


def _flag(text: str, said: Mapping[str, str]) -> bool:
    word = fold(text)
    if word not in YES | NO:
        raise DomainError.of("cell_not_yes_or_no", **said)
    return word in YES


def proper_case(name: str) -> str:
    """A name typed in capitals alone with its small letters; any other as it is typed."""
    if name != name.upper() or name == name.lower():
        return name
    return LETTERS.sub(_capitalised, name)


def _capitalised(word: re.Match[str]) -> str:
    small = word[0].lower()
    return small if small in PARTICLES else small.capitalize()
