"""The PDF of a contact sheet: for all who read it, with who signed and who validated it (R-PRO-8)."""

import io
import re
from html import unescape

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.printing import html_of, printed_sheet
from contratpro.sheets.services.signing import HomeSigner, decline_by_link, sign_by_link
from contratpro.states import StudentState
from tests.factories import accounts, files, sheets
from tests.factories import contratpro as contracts

LONG = "Anne-Sophie-Marie-Charlotte de Montmorency-Rochechouart-Duhal"
ROSSI = HomeSigner(name="Prof. Rossi", function="Directrice des études")


@pytest.fixture
def student(year):
    return contracts.student(year, StudentState.FEASIBLE, double_degree=True, home_school="INSAT")


@pytest.fixture
def head(year):
    return contracts.head(year)


@pytest.fixture
def sheet(student, head):
    sheets.sent(sheets.own(student))
    return sheets.asked_home(student)


def words(sheet, number=1, language="fr"):
    sheet = type(sheet).objects.get(pk=sheet.pk)
    with translation.override(language):
        html = html_of(sheet, sheet.versions.get(number=number))
    plain = unescape(re.sub(r"<[^>]+>", " ", html))
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


def sign(sheet, **said):
    link = sheets.home_link_of(sheet).pk
    return sign_by_link(link_id=link, version=1, signer=ROSSI, now=sheets.ANSWERED, **said)


def test_it_says_what_was_sent_and_that_nobody_has_answered(student, sheet):
    said = words(sheet)
    assert f"Fiche contact de {student.full_name}" in said
    for value in ("Bâtisseurs du Gard", "732 829 320 00074", "Un outil de suivi.", "INSAT"):
        assert value in said
    assert "Pas encore signé" in said
    assert "Pas encore de réponse" in said
    assert "Not answered yet" in words(sheet, language="en")


def test_signed_and_validated_it_says_by_whom_and_when(sheet, head):
    sign(sheet)
    validate_sheet(ref=sheet.ref, version=1, actor=head, now=sheets.ANSWERED)
    said = words(sheet)
    assert "Signé par Prof. Rossi , Directrice" in said.replace("Rossi,", "Rossi ,")
    assert f"Validée par {head.email}" in said
    assert "jeudi 5 juin 2025" in said


def test_how_the_home_school_signed_is_said(sheet, student):
    sign(sheet, scan=SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf"))
    assert "avec une numérisation" in words(sheet)


def test_declined_and_sent_back_it_says_why(sheet, head):
    link = sheets.home_link_of(sheet).pk
    said = {"link_id": link, "version": 1, "signer": ROSSI, "now": sheets.ANSWERED}
    decline_by_link(remarks="Accord échu.", **said)
    assert "Accord échu." in words(sheet)
    return_sheet(ref=sheet.ref, version=1, reason="Précisez.", actor=head, now=sheets.ANSWERED)
    assert "Précisez." in words(sheet)


def test_a_version_that_another_replaced_says_so(student, sheet, head):
    return_sheet(ref=sheet.ref, version=1, reason="Précisez.", actor=head, now=sheets.ANSWERED)
    sheets.sent(sheets.own(student), at=sheets.ANSWERED, city="Nîmes")
    assert "remplacée par une version suivante" in words(sheet)
    assert "Nîmes" in words(sheet, 2)
    assert "Nîmes" not in words(sheet, 1)


def test_it_is_a_tagged_pdf_of_long_names_and_texts(student, sheet):
    version = sheet.versions.get()
    version.content |= {
        "tutor_name": LONG,
        "company_name": "É" * 60,
        "tutor_email": f"{'a' * 60}@exemple.fr",
        "project_activities": "Suivi des essais. " * 250,
    }
    with translation.override("fr"), pikepdf.open(io.BytesIO(printed_sheet(sheet, version))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert len(pdf.pages) > 1


def test_whoever_reads_the_sheet_has_its_pdf(student, sheet, head, signed_in):
    """Student, head, and those with a link, by a button; nothing before it is sent."""
    own = f"/contrat-pro/{student.ref}/sheet/"
    staff = accounts.with_second_factor(head)
    of_head = f"/admin/contrat-pro/students/{student.ref}/sheet/"
    for user, page in ((student.user, own), (staff, of_head)):
        client = signed_in(user)
        address = f"{page}versions/1/"
        assert address in client.get(page).content.decode()
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert client.get(f"{page}versions/2/").status_code == 404
    with time_machine.travel(sheets.ANSWERED, tick=False):
        link = sheets.address_of(sheet, "sheet_home")
        assert Client().post(f"{link}pdf/").content.startswith(b"%PDF-")
        assert Client().get(f"{link}pdf/").status_code == 302


def test_a_company_has_no_pdf_of_a_draft(year):
    other = contracts.student(year, StudentState.FEASIBLE)
    draft = sheets.invited(other)
    with time_machine.travel(sheets.INVITED, tick=False):
        assert Client().post(f"{sheets.address_of(draft)}pdf/").status_code == 404
        sheets.sent(sheets.own(other))
        assert Client().post(f"{sheets.address_of(draft)}pdf/").status_code == 200
