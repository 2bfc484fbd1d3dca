"""Spreadsheets as people have them, read by the names of their columns."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from common.refusals import DomainError
from screens.imports import (
    MOST_BYTES,
    MOST_ROWS,
    Column,
    Reads,
    TableRow,
    carried,
    carry,
    proper_case,
    read_table,
)

COLUMNS = (
    Column(key="name", names=("Nom", "Nom de famille"), reads=Reads.NAME, required=True),
    Column(key="email", names=("E-mail", "Courriel"), reads=Reads.EMAIL, required=True),
    Column(key="born_on", names=("Date de naissance",), reads=Reads.DATE),
    Column(key="double", names=("Double diplôme",), reads=Reads.FLAG),
    Column(key="phone", names=("Téléphone",)),
)
LINA = {"name": "Faure", "email": "lina@exemple.fr"}


def read(content):
    return read_table(io.BytesIO(content), len(content), COLUMNS)


def refusals(content):
    with pytest.raises(DomainError) as refused:
        read(content)
    return [(refusal.code, dict(refusal.params)) for refusal in refused.value.refusals]


def book(*rows, cover=()):
    made = openpyxl.Workbook()
    if cover:
        made.active.append(list(cover))
        made.create_sheet()
    for row in rows:
        made.worksheets[-1].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HEAD = ["Nom", "E-mail", "Date de naissance", "Double diplôme", "Téléphone"]
WHOLE = {**LINA, "born_on": date(2003, 3, 8), "double": True, "phone": "612345678"}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Nom;E-mail\nFaure;lina@exemple.fr\n", {2: LINA}),
        ("\ufeffNOM,courriel\r\nFaure,LINA@exemple.fr\r\n".encode(), {2: LINA}),
        ("nom de famille\tE-Mail\nFaure\tlina@exemple.fr".encode("cp1252"), {2: LINA}),
        (
            "Nom;E-mail;Prénom\nLégér;lina@exemple.fr;É\n".encode("cp1252"),
            {2: {**LINA, "name": "Légér"}},
        ),
        ("Nom\tE-mail\r\nFaure\tlina@exemple.fr\r\n".encode("utf-16"), {2: LINA}),
        (
            "Liste des élèves;\n;\nNom;E-mail\n;\nFAURE;lina@exemple.fr\n\n".encode(),
            {5: LINA},
        ),
        (b'Nom;E-mail\n"Faure\n";" lina@exemple.fr "\n', {2: LINA}),
        (
            'Nom;E-mail;Téléphone\nFaure;lina@exemple.fr;="0612345678"\n'.encode(),
            {2: {**LINA, "phone": "0612345678"}},
        ),
        (
            book(HEAD, ["FAURE", LINA["email"], datetime(2003, 3, 8), "oui", 612345678.0]),
            {2: WHOLE},
        ),
        (book(HEAD, ["Faure", LINA["email"], "8/3/2003", "X", "612345678"]), {2: WHOLE}),
        (book(HEAD, ["Faure", LINA["email"], 37688, True, 612345678]), {2: WHOLE}),
        (book(["Élèves 2025"], [], HEAD[:2], ["Faure", LINA["email"]]), {4: LINA}),
        (book(HEAD[:2], ["Faure", LINA["email"]], cover=("À lire",)), {2: LINA}),
    ],
)
def test_what_people_have_is_read(content, rows):
    table = read(content)
    assert ({row.line: dict(row.values) for row in table.rows}, table.mistakes) == (rows, ())


def test_a_merged_title_and_what_stands_beside_are_let_be():
    made = openpyxl.Workbook()
    made.active.append(["Cohorte", None, None])
    made.active.merge_cells("A1:C1")
    made.active.append(["Nom", "Courriel", "Remarque"])
    made.active.append(["Faure", "lina@exemple.fr", "=SUM(A1:A9)"])
    out = io.BytesIO()
    made.save(out)
    table = read(out.getvalue())
    assert table.rows == (TableRow(3, LINA),)
    assert (table.columns, table.ignored) == (("name", "email"), ("Remarque",))


def test_mistakes_come_with_their_line():
    table = read(
        "Nom;E-mail;Date de naissance;Double diplôme\n"
        "Faure;lina@exemple.fr;31/02/2003;peut-être\n"
        ";sans@exemple.fr;;\n"
        "=CMD();x@exemple.fr;;\n"
        "Bon;bon@exemple.fr;;non\n".encode()
    )
    assert [(row.line, dict(row.values)) for row in table.rows] == [
        (5, {"name": "Bon", "email": "bon@exemple.fr", "double": False})
    ]
    assert [(m.line, m.refusal.code, m.refusal.params["column"]) for m in table.mistakes] == [
        (2, "cell_not_a_date", "Date de naissance"),
        (2, "cell_not_yes_or_no", "Double diplôme"),
        (3, "cell_missing", "Nom"),
        (4, "cell_not_text", "Nom"),
    ]


def test_a_formula_gives_what_was_last_shown_and_is_not_run():
    table = read(book(HEAD[:2], ['="Fau"&"re"', LINA["email"]]))
    assert [(m.line, m.refusal.code) for m in table.mistakes] == [(2, "cell_missing")]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<x/>")
        parts.writestr("xl/sharedStrings.xml", b" " * 50_000_000)
    return out.getvalue()


def entities():
    """A workbook whose text unpacks without end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(HEAD))) as plain, zipfile.ZipFile(out, "w") as parts:
        for name in plain.namelist():
            content = plain.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
            parts.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"Nom;E-mail\n" + b"a" * MOST_BYTES, "file_too_big"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table_of_old_excel"),
        (b"PK\x03\x04 and nothing else", "table_unreadable"),
        (b"%PDF-1.7\x00\x01", "table_unreadable"),
        (bomb(), "file_unpacks_too_big"),
        (entities(), "table_unreadable"),
        (b"Nom;E-mail\n" + b"Faure;a@b.fr\n" * (MOST_ROWS + 20), "table_too_long"),
        (b"Nom;E-mail\n" + b'"' + b"a" * 200_000, "table_unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused(content, code):
    assert [found for found, _ in refusals(content)] == [code]


@pytest.mark.parametrize(
    ("content", "columns"),
    [(b"Nom;Age\nFaure;20\n", ("E-mail",)), (b"bonjour\n", ("Nom", "E-mail"))],
)
def test_columns_that_lack_are_named(content, columns):
    assert refusals(content) == [("table_lacks_columns", {"columns": columns})]


def test_a_form_carries_the_rows_that_were_shown():
    table = read(book(HEAD, ["Faure", LINA["email"], datetime(2003, 3, 8), "oui", 612345678.0]))
    assert carried(carry(table.rows, "here"), "here") == table.rows
    for text, salt in ((carry(table.rows, "here"), "there"), ("typed by hand", "here")):
        with pytest.raises(DomainError, match="table_not_shown"):
            carried(text, salt)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("LE GUÉNÉDAL", "Le Guénédal"),
        ("N’DIAYE", "N’Diaye"),
        ("JEAN-BAPTISTE", "Jean-Baptiste"),
        ("DE LA TOUR D'ALEMBERT", "de La Tour d'Alembert"),
        ("McDonald", "McDonald"),
        ("van der Berg", "van der Berg"),
        ("阿明", "阿明"),
    ],
)
def test_capitals_alone_are_given_their_small_letters(typed, kept):
    assert proper_case(typed) == kept
