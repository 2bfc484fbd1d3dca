"""A cohort from twelve spreadsheets that people have: each right, or refused with the line and the reason (R-PRO-1)."""

import io
import re
from datetime import date, datetime
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contratpro.states import StudentState
from contratpro.students.services.meetings import plan_meeting
from tests.factories import contratpro

HEAD = ["Nom", "Prénom", "E-mail", "Date de naissance", "Département", "Option"]
LINA = ["Faure", "Lina", "lina@exemple.fr", "08/03/2003", "2IA", "IL"]
MAHE = ["Le Goff", "Mahé", "mahe@exemple.fr", "14/07/2003", "GCBD", "BE"]
WRITTEN = [
    ("lina@exemple.fr", "Faure", "Lina", date(2003, 3, 8), "2IA", "IL"),
    ("mahe@exemple.fr", "Le Goff", "Mahé", date(2003, 7, 14), "GCBD", "BE"),
]


def book(*rows, merged=""):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if merged:
        made.active.merge_cells(merged)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text(*rows, delimiter=";", encoding="utf-8", end="\r\n"):
    return (end.join(delimiter.join(row) for row in rows) + end).encode(encoding)


def changed(row, **cells):
    names = {"birth_name": 0, "first": 1, "email": 2, "born": 3, "department": 4, "option": 5}
    return [cells.get(next(n for n, at in names.items() if at == i), c) for i, c in enumerate(row)]


TITLE = ["Élèves de 2e année", *[""] * 5]
CAPITALS = [
    ["FAURE", "LINA", "LINA@EXEMPLE.FR", "08/03/2003", "2IA", "IL"],
    ["LE GOFF", "MAHÉ", "Mahe@exemple.fr", "14/07/2003", "gcbd", "be"],
]
AS_CELLS = [
    changed(LINA, born=datetime(2003, 3, 8)),
    changed(MAHE, born=datetime(2003, 7, 14)),
]
TITLES = [
    changed(
        LINA, department="Informatique et intelligence artificielle", option="Ingénierie logicielle"
    ),
    changed(MAHE, option="Bâtiment et énergie"),
]
# What people have: the file, and the lines that are left out with what is said of each.
SHEETS = {
    "windows-1252 csv with ;": (text(HEAD, LINA, MAHE, encoding="cp1252"), {}),
    "utf-8 csv with a mark": (text(HEAD, LINA, MAHE, encoding="utf-8-sig"), {}),
    "csv with commas": (text(HEAD, LINA, MAHE, delimiter=",", end="\n"), {}),
    "text with tabs": (text(HEAD, LINA, MAHE, delimiter="\t", encoding="utf-16"), {}),
    "merged title row": (book(TITLE, HEAD, LINA, MAHE, merged="A1:F1"), {}),
    "dates as text": (book(HEAD, changed(LINA, born="8-3-2003"), changed(MAHE, born="2003-07-14")), {}),
    "dates as cells": (book(HEAD, *AS_CELLS), {}),
    "names in capitals": (book(HEAD, *CAPITALS), {}),
    "empty lines": (text(HEAD, [""] * 6, LINA, [], MAHE, ["", " ", "", "", "", ""]), {}),
    "names of departments": (book([], HEAD, *TITLES), {}),
    "duplicated student": (
        book(HEAD, LINA, MAHE, LINA),
        {4: "Le même élève est à la ligne 2."},
    ),
    "wrong department": (
        text(HEAD, LINA, changed(MAHE, email="x@exemple.fr", department="Chimie"), MAHE),
        {3: "« Chimie » n’est pas un département de cette année."},
    ),
    "wrong cells": (
        text(
            HEAD,
            LINA,
            changed(LINA, email="a@exemple.fr", born="31/02/2003"),
            changed(LINA, email="pas une adresse"),
            changed(LINA, email="", first="Zoé"),
            changed(LINA, email="b@exemple.fr", option="BE"),
            changed(LINA, email="c@exemple.fr", first=""),
            MAHE,
        ),
        {
            3: "« Date de naissance » n’est pas une date : « 31/02/2003 ». Saisissez le jour, "
            "le mois et les quatre chiffres de l’année.",
            4: "« pas une adresse » n’est pas une adresse e-mail.",
            5: "« E-mail » est vide.",
            6: "« BE » n’est pas une option de 2IA. Le même élève est à la ligne 2.",
            7: "Les prénoms manquent.",
        },
    ),
}  # fmt: skip


@pytest.fixture
def give(client, year, office):
    client.force_login(office)

    def do(content, name="liste.xlsx"):
        upload = SimpleUploadedFile(name, content)
        address = reverse("contract_students_import", kwargs={"year_slug": year.slug})
        return client.post(address, {"file": upload})

    return do


@pytest.fixture
def write(client, year):
    def do(preview):
        shown = preview.context["form"].initial
        address = reverse("contract_students_write", kwargs={"year_slug": year.slug})
        return client.post(address, shown, follow=True)

    return do


def written(year):
    fields = ("email", "birth_name", "first_names", "born_on", "department", "option")
    return list(year.students.order_by("email").values_list(*fields))


def words(response):
    plain = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("name", SHEETS)
def test_what_people_have_is_right_or_refused_with_its_line(name, year, give, write):
    """R-PRO-1."""
    content, left_out = SHEETS[name]
    preview = give(content)
    assert preview.status_code == 200
    assert {one.line: " ".join(one.reasons).replace("\N{NO-BREAK SPACE}", " ")
            for one in preview.context["preview"].wrong} == left_out  # fmt: skip
    assert written(year) == []
    write(preview)
    assert written(year) == WRITTEN


def test_a_preview_says_what_is_new_changed_unchanged_and_wrong(year, give, write):
    write(give(text(HEAD, LINA, MAHE)))
    other = ["Ndiaye", "Awa", "awa@exemple.fr", "", "PRISM", ""]
    preview = give(text(HEAD, changed(LINA, option="IASD"), MAHE, other, changed(other, email="x")))
    said = words(preview)
    assert "nouveau 1" in said
    assert "modifié 1" in said
    assert "inchangé 1" in said
    assert "erroné, laissé de côté 1" in said
    assert "Option : IL → IASD" in said
    assert "Ligne 5 (" not in said
    assert "Ligne 5 – « x » n’est pas une adresse e-mail." in said
    done = write(preview)
    assert "1 élève ajouté, 1 modifié, 1 ligne laissée de côté." in words(done)
    assert len(written(year)) == 3


def test_the_same_file_twice_changes_nothing(year, give, write):
    write(give(text(HEAD, LINA, MAHE)))
    again = give(text(HEAD, LINA, MAHE))
    assert "Il n’y a rien à écrire" in words(again)
    write(again)
    assert written(year) == WRITTEN


def test_a_preview_is_written_as_it_was_shown_or_not_at_all(client, year, office, give, write):
    preview = give(text(HEAD, LINA, MAHE))
    contratpro.student(year, StudentState.LISTED, user=None, email="lina@exemple.fr")
    assert "La liste a changé" in words(write(preview))
    assert len(written(year)) == 1
    address = reverse("contract_students_write", kwargs={"year_slug": year.slug})
    forged = client.post(address, {"rows": "typed", "seen": "x"}, follow=True)
    assert "Ces lignes ne sont pas celles" in words(forged)
    assert client.post(address, {}).status_code == client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide"),
        (b"%PDF-1.7 \x00", "ne peut pas être lu comme un tableau"),
        (text(["Nom", "Prénom"], LINA[:2]), "Aucune ligne de ce tableau ne nomme ces colonnes : E-mail"),
        (text(HEAD), "Il n’y a aucune ligne sous les noms des colonnes."),
    ],
)  # fmt: skip
def test_what_is_no_list_of_students_is_refused(content, said, give):
    refused = give(content)
    assert (refused.status_code, said in words(refused)) == (422, True)


def test_a_sheet_of_those_present(client, year, office, give, student):
    """R-PRO-4: attendance, imported."""
    meeting = plan_meeting(
        slug=year.slug,
        starts_at=contratpro.LOADED,
        ends_at=contratpro.LOADED.replace(hour=11),
        place="A",
        actor=office,
        now=contratpro.LOADED,
    )
    sheet = text(
        ["Nom", "Prénom", "Présent"],
        [student.birth_name.upper(), student.first_names, "x"],
        ["Personne", "Paul", "oui"],
        ["Absent", "Anne", ""],
    )
    address = reverse("contract_meeting_import", kwargs={"ref": meeting.ref})
    preview = client.post(address, {"file": SimpleUploadedFile("presents.csv", sheet)})
    assert "Ligne 3 (Personne Paul) – « Personne Paul » n’est pas un élève" in words(preview)
    written_at = reverse("contract_meeting_write", kwargs={"ref": meeting.ref})
    client.post(written_at, preview.context["form"].initial)
    assert [one.student for one in meeting.attendances.all()] == [student]
    assert student.facts.get().key == "meeting"
