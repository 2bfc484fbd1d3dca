"""Lists that leave as spreadsheets: no cell runs, a French Excel opens them, who took them is on record (R-PRO-3)."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from common.fields import Subject
from common.journal import Stamp
from common.models import JournalEntry
from screens.exports import (
    ExportColumn,
    ExportFormat,
    SpreadsheetExport,
    filters_in,
    inert,
    send_export,
)
from tests.factories import accounts

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
HOSTILE = [
    ('=HYPERLINK("https://exemple.fr";"A")', '\'=HYPERLINK("https://exemple.fr";"A")'),
    ("+33 4 66 00 00 00", "'+33 4 66 00 00 00"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
    ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
    ("\t=1+1", "'\t=1+1"),
    ("\r=1+1", "'\r=1+1"),
    ("\n=1+1", "'\n=1+1"),
    ("\x00=1+1", "'=1+1"),
    ("a\x07b", "ab"),
    ("", ""),
    ("Bâtisseurs ; « & fils »", "Bâtisseurs ; « & fils »"),
    ("a=b", "a=b"),
]


@pytest.mark.parametrize(("text", "written"), HOSTILE)
def test_a_text_is_no_formula(text, written):
    assert inert(text) == written


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ("", []),
        ("department=&state=&who=", []),
        ("who=student&department=&state=lacking", ["state", "who"]),
        ("department=2IA&department=", ["department"]),
    ],
)
def test_a_filter_that_is_left_empty_is_none(asked, filters):
    assert filters_in(QueryDict(asked)) == filters


def sent(rows, kind):
    columns = (
        ExportColumn[tuple](key="name", heading="=Nom", value=lambda row: row[0]),
        ExportColumn[tuple](key="amount", heading="Montant", value=lambda row: row[1]),
        ExportColumn[tuple](key="day", heading="Le", value=lambda row: row[2]),
    )
    export = SpreadsheetExport(name="factures", columns=columns, rows=iter(rows))
    stamp = Stamp.of(accounts.UserFactory(), NOW)
    return send_export(export, kind, Subject("contract_year", "ales-2025", "ales-2025"), stamp)


def content(response):
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_a_sheet_reads_as_the_pages_do():
    """Named, its headings in sight, days in French order, as many decimals as a number has."""
    rows = [("Noël", Decimal("12.20"), date(2026, 1, 5)), ("Léa", Decimal(20), None)]
    [sheet] = load_workbook(io.BytesIO(content(sent(rows, ExportFormat.XLSX)))).worksheets
    assert (sheet.title, sheet.freeze_panes) == ("factures", "A2")
    assert sheet.column_dimensions["B"].width >= 12
    assert [sheet[cell].number_format for cell in ("A2", "B2", "C2", "B3")] == [
        "General",
        "0.00",
        "dd/mm/yyyy",
        "0",
    ]


ROWS = [
    ("=1+1", Decimal("-1200.50"), date(2026, 1, 5)),
    ('Duval; "Paul"', 3, datetime(2026, 1, 5, 14, 30)),
    ("Noël", None, None),
]


def test_a_csv_opens_in_a_french_excel(db):
    response = sent(ROWS, ExportFormat.CSV)
    text = content(response).decode("utf-8")

    assert text.startswith("\ufeff'=Nom;Montant;Le\r\n")
    assert list(csv.reader(io.StringIO(text[1:]), delimiter=";"))[1:] == [
        ["'=1+1", "-1200,50", "05/01/2026"],
        ['Duval; "Paul"', "3", "05/01/2026 14:30"],
        ["Noël", "", ""],
    ]
    assert response["Content-Disposition"] == 'attachment; filename="factures.csv"'
    assert response["Cache-Control"] == "private, no-store"


def test_an_xlsx_keeps_numbers_and_days_and_no_formula(db):
    book = load_workbook(io.BytesIO(content(sent(ROWS, ExportFormat.XLSX))))
    rows = list(book.active.iter_rows())

    assert [[cell.value for cell in row] for row in rows] == [
        ["'=Nom", "Montant", "Le"],
        ["'=1+1", -1200.5, datetime(2026, 1, 5)],
        ['Duval; "Paul"', 3, datetime(2026, 1, 5, 14, 30)],
        ["Noël", None, None],
    ]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("kind", ExportFormat)
def test_who_exported_what_is_on_record(db, kind):
    content(sent(ROWS, kind))
    entry = JournalEntry.objects.get(verb="export")
    assert entry.object_ref == "ales-2025"
    assert entry.data == {
        "format": kind,
        "columns": ["name", "amount", "day"],
        "file": "factures",
        "rows": 3,
    }


def test_rows_are_read_one_by_one_and_the_file_lies_on_the_disk(db):
    """Nothing is held but the row at hand: a generator is enough, however long."""
    many = (("Nom" * 100, Decimal(number), None) for number in range(5_000))
    assert content(sent(many, ExportFormat.CSV)).count(b"\r\n") == 5_001
