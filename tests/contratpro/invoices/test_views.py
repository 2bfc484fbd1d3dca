"""The pages of invoices: made, filtered, settled, exported, printed (R-PRO-3)."""

import csv
import io
import re
from datetime import date

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.models import JournalEntry
from contratpro.invoices.services.printing import html_of_invoice, printed_invoice
from contratpro.models import IssuedInvoice
from contratpro.states import InvoiceState
from tests.factories import accounts, invoices
from tests.factories import contratpro as contracts
from tests.forms import fields_of

pytestmark = pytest.mark.servers
LONG = "Société d’exemple aux noms particulièrement longs et fiers"[:60].ljust(60, "s")


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(invoices.JANUARY, tick=False):
        yield


@pytest.fixture
def student(year, office):
    return invoices.signed_papers(year, office)


@pytest.fixture
def as_office(office):
    client = Client()
    client.force_login(office)
    return client


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def year_page(year, rest=""):
    return f"/admin/contrat-pro/{year.slug}/invoices/{rest}"


def student_page(student, rest=""):
    return f"/admin/contrat-pro/students/{student.ref}/invoices/{rest}"


def act(client, at, /, **typed):
    return client.post(at, fields_of(client.get(at)) | typed)


def test_before_the_first_invoice_the_page_says_what_comes(as_office, year):
    said = text(as_office.get(year_page(year)))
    assert "Aucune facture pour l’instant" in said
    assert "pas encore" in said  # the balance, in August


def test_the_invoices_of_a_line_are_said_before_they_are_made(as_office, year, student):
    address = year_page(year, "s9/issue/")
    before = text(as_office.get(address))
    assert "1 facture est établie, 4 500 €" in before.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert act(as_office, address, due_on="28/02/2026").status_code == 302
    assert IssuedInvoice.objects.get().due_on == invoices.DUE
    again = as_office.get(address)
    assert "Personne n’est à facturer" in text(again)
    assert as_office.get(year_page(year, "no-line/issue/")).status_code == 404


def test_an_invoice_is_paid_unpaid_taken_back_on_its_pages(as_office, student, office):
    invoice = invoices.issued(student, office)
    base = f"/admin/contrat-pro/invoices/{invoice.ref}/"
    assert act(as_office, f"{base}pay/", paid_on="").status_code == 422
    assert act(as_office, f"{base}pay/", paid_on="12/01/2026").status_code == 302
    assert act(as_office, f"{base}unpay/", reason="Erreur").status_code == 302
    assert act(as_office, f"{base}credit/", cents="9000", reason="Rupture").status_code == 422
    assert act(as_office, f"{base}credit/", cents="1250,50", reason="Rupture").status_code == 302
    invoice.refresh_from_db()
    assert invoice.state is InvoiceState.ISSUED
    assert invoice.credit_notes.get().amount_cents == 125_050
    said = text(as_office.get(student_page(student)))
    assert "dont 1 250,50 € repris" in said.replace("\N{NARROW NO-BREAK SPACE}", " ")
    [credit_note] = invoice.credit_notes.all()
    refused = as_office.get(f"/admin/contrat-pro/invoices/{credit_note.ref}/pay/")
    assert "Un avoir ne se règle pas" in text(refused)


def test_who_pays_is_typed_then_invoiced(as_office, student):
    address = student_page(student, "payer/")
    assert act(as_office, address, payer="opco", name="Atlas", address="").status_code == 422
    typed = {"payer": "opco", "name": "Atlas", "address": "1 rue A\n75000 Paris"}
    assert act(as_office, address, **typed).status_code == 302
    assert fields_of(as_office.get(address))["name"] == "Atlas"
    assert act(as_office, student_page(student, "s9/issue/")).status_code == 302
    assert IssuedInvoice.objects.get().payer_name == "Atlas"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"2026-0001", "2026-0002", "2026-0003"}),
        ("state=issued", {"2026-0002"}),
        ("state=paid", set()),
        ("state=credited", {"2026-0001"}),
        ("state=credit_notes", {"2026-0003"}),
        ("payer=company", {"2026-0001", "2026-0002", "2026-0003"}),
        ("payer=opco", set()),
        ("late=yes", {"2026-0002"}),
    ],
)
def test_the_list_is_narrowed_and_exported_as_narrowed(
    as_office, year, student, office, asked, shown
):
    other = invoices.signed_papers(year, office)
    first = invoices.issued(student, office)
    invoices.issued(other, office, due_on=date(2026, 1, 13))
    credit = f"/admin/contrat-pro/invoices/{first.ref}/credit/"
    act(as_office, credit, cents="4500", reason="=1+1")
    with time_machine.travel("2026-01-14T09:00:00Z", tick=False):
        page = as_office.get(f"{year_page(year)}?{asked}")
        export = as_office.post(f"{year_page(year, 'export/csv/')}?{asked}")
    rows = list(csv.DictReader(io.StringIO(exported(export)), delimiter=";"))

    assert {row["Numéro"] for row in rows} == shown
    assert set(re.findall(r"2026-\d{4}", text(page).replace("sur 2026-0001", ""))) == shown
    [entry] = JournalEntry.objects.filter(verb="export")
    assert entry.actor_ref == str(office.pk)
    assert entry.data["rows"] == len(shown)


def exported(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_what_the_accounting_service_reads(as_office, year, student, office):
    invoice = invoices.issued(student, office)
    act(as_office, f"/admin/contrat-pro/invoices/{invoice.ref}/credit/", cents="500", reason="=1+1")
    export = as_office.post(year_page(year, "export/csv/"))
    [note, row] = csv.DictReader(io.StringIO(exported(export)), delimiter=";")

    assert (row["Montant, en euros"], row["Reste dû, en euros"]) == ("4500,00", "4000,00")
    assert (row["État"], row["Établie le"]) == ("à régler", "12/01/2026")
    assert (note["Nature"], note["Sur la facture"]) == ("Avoir", "2026-0001")
    assert (note["Montant, en euros"], note["Motif de l’avoir"]) == ("-500,00", "'=1+1")
    assert as_office.post(year_page(year, "export/pdf/")).status_code == 404


def test_the_lists_ask_the_database_as_much_for_one_as_for_many(
    as_office, year, student, office, django_assert_num_queries
):
    invoices.issued(student, office)
    as_office.get(year_page(year))
    with CaptureQueriesContext(connection) as one:
        as_office.get(year_page(year))
    for _ in range(2):
        invoices.issued(invoices.signed_papers(year, office), office)
    with django_assert_num_queries(len(one)):
        as_office.get(year_page(year))


def test_the_paper_says_what_an_invoice_has_to(as_office, student, office):
    invoice = invoices.issued(student, office)
    response = as_office.get(f"/admin/contrat-pro/invoices/{invoice.ref}/paper/")
    said = re.sub(r"<[^>]+>", " ", html_of_invoice(invoice)).replace("\N{NO-BREAK SPACE}", " ")

    assert response["Content-Type"] == "application/pdf"
    for words in ("Facture 2026-0001", "net de taxe, sans TVA", student.full_name, "Semestre 9"):
        assert words in said
    assert "261" not in said  # no article that nobody gave


def test_a_credit_note_names_its_invoice_and_its_reason(as_office, student, office):
    invoice = invoices.issued(student, office)
    address = f"/admin/contrat-pro/invoices/{invoice.ref}/credit/"
    act(as_office, address, cents="500", reason="Rupture le 6 octobre")
    said = html_of_invoice(invoice.credit_notes.get())
    for words in ("Avoir 2026-0002", "2026-0001", "Rupture le 6 octobre", "−500"):
        assert words in said


@pytest.mark.parametrize(("covers", "pages"), [(0, 1), (1, 1), (40, 2)])
def test_the_paper_holds_long_names_and_any_number_of_lines(student, office, covers, pages):
    invoice = invoices.issued(student, office)
    facts = {"student_name": LONG, "company_name": LONG, "school": LONG}
    many = [{"fr": f"Semestre {number}"} for number in range(covers)]
    invoice.facts = {**invoice.facts, **facts, "covers": many}
    invoice.payer_name, invoice.payer_address = LONG, "\n".join([LONG] * 4)
    with pikepdf.open(io.BytesIO(printed_invoice(invoice))) as pdf:
        assert len(pdf.pages) == pages


def test_the_direction_reads_and_changes_nothing(year, student, office):
    client = Client()
    client.force_login(accounts.with_second_factor(accounts.direction(year.school)))
    invoice = invoices.issued(student, office)
    assert "2026-0001" in text(client.get(year_page(year)))
    assert "pay/" not in client.get(student_page(student)).content.decode()
    assert client.post(f"/admin/contrat-pro/invoices/{invoice.ref}/pay/").status_code == 404


def test_a_year_of_another_school_is_not_there(as_office):
    other = contracts.other_year()
    assert as_office.get(year_page(other)).status_code == 404
