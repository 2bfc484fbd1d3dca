"""A list that leaves the product as a spreadsheet, xlsx or csv: the one place of all exports.

No cell is a formula, whatever somebody has typed. Rows are written one by one to a temporary file, so that a long list
takes no more memory than a short one. Who exported what is in the journal.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Generic, TypeVar

from django.http import FileResponse, QueryDict
from django.utils.functional import Promise

from common.fields import Subject
from common.journal import Stamp, note

Exported = TypeVar("Exported")
Cell = str | int | Decimal | date | datetime | None
IN_MEMORY = 1_000_000  # bytes: what is longer lies on the disk
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what makes a spreadsheet run a cell
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no xlsx may hold them
UNTITLED = re.compile(r"[\[\]:*?/\\]")  # what no sheet may be called
LONGEST_TITLE = 31  # characters
NARROWEST = 12  # characters
MARK = "\ufeff"  # by which Excel knows UTF-8
VERB = "export"


class ExportFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


MEDIA = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True)
class ExportColumn(Generic[Exported]):
    """A column: its key, which the journal keeps, what stands above it, and its cell in each row."""

    key: str
    heading: str | Promise
    value: Callable[[Exported], Cell]


@dataclass(frozen=True, kw_only=True)
class SpreadsheetExport(Generic[Exported]):
    """What is exported: the name of the file, without its ending, the columns, and the rows, read one by one."""

    name: str
    columns: Sequence[ExportColumn[Exported]]
    rows: Iterable[Exported]


def send_export(
    export: SpreadsheetExport[Exported], kind: ExportFormat, about: Subject, stamp: Stamp
) -> FileResponse:
    """The file, to a person whom the calling view has authorised; first what leaves is put on record."""
    write = _write_xlsx if kind is ExportFormat.XLSX else _write_csv
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the response closes it
    count = write(export, file)
    file.seek(0)
    said = {"format": str(kind), "columns": [column.key for column in export.columns]}
    note(about, VERB, _with(stamp, {**said, "file": export.name, "rows": count}))
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{export.name}.{kind}",
        content_type=MEDIA[kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def filters_in(asked: QueryDict) -> list[str]:
    """What narrows the list that is exported, for the journal: the keys of the address that have a value."""
    return sorted(key for key, values in asked.lists() if any(values))


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what might be one begins with an apostrophe."""
    clean = UNPRINTABLE.sub("", text)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def _with(stamp: Stamp, data: dict[str, object]) -> Stamp:
    return Stamp(actor=stamp.actor, at=stamp.at, reason=stamp.reason, data={**stamp.data, **data})


def _write_xlsx(export: SpreadsheetExport[Exported], file: IO[bytes]) -> int:
    from openpyxl import Workbook  # noqa: PLC0415 -- slow to load, and few processes write an xlsx
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(UNTITLED.sub(" ", export.name)[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"  # what stands above the columns stays in sight
    headings = [inert(str(column.heading)) for column in export.columns]
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(NARROWEST, len(heading) + 2)
    sheet.append(headings)
    count = 0
    for row in export.rows:
        cells = []
        for column in export.columns:
            value = column.value(row)
            cell = WriteOnlyCell(sheet, _xlsx_value(value))
            cell.number_format = _xlsx_format(value)
            cells.append(cell)
        sheet.append(cells)
        count += 1
    book.save(file)
    return count


def _xlsx_value(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # an xlsx knows no zones: the hour is that of the school
    return inert(value) if isinstance(value, str) else value


def _xlsx_format(value: Cell) -> str:
    """As the pages write it: days in French order, as many decimals as the number has (12.20)."""
    match value:
        case datetime():
            return "dd/mm/yyyy hh:mm"
        case date():
            return "dd/mm/yyyy"
        case Decimal():
            decimals = -int(value.as_tuple().exponent)
            return f"0.{'0' * decimals}" if decimals > 0 else "0"
    return "General"


def _write_csv(export: SpreadsheetExport[Exported], file: IO[bytes]) -> int:
    """As a French Excel opens it by itself: semicolons, decimal commas, and the mark of UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(MARK)
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([inert(str(column.heading)) for column in export.columns])
    count = 0
    for row in export.rows:
        lines.writerow([_csv_cell(column.value(row)) for column in export.columns])
        count += 1
    text.flush()
    text.detach()
    return count


def _csv_cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case str():
            return inert(value)
    return str(value)
