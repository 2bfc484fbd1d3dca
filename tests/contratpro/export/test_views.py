"""The students of a year leave as a spreadsheet: which columns, whose rows, no formula, and it is on record."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from common.models import JournalEntry
from contratpro.export.presentation import student_columns
from contratpro.states import StudentState
from contratpro.steps.services import mark_step
from tests.factories import accounts, classes, sheets
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
ALL = [column.key for column in student_columns()]
APART = ("nir", "disability", "health", "excused", "incident", "born_on", "nationality")


@pytest.fixture
def address(year):
    return reverse("contract_export", kwargs={"year_slug": year.slug})


def body(response):
    return b"".join(response.streaming_content)


def lines(response):
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig")), delimiter=";"))


def test_a_student_with_all_columns(signed_in, office, year, address):
    tutor = accounts.UserFactory()
    student = contracts.student(
        year, StudentState.FEASIBLE, birth_name="Durand", usual_name="", tutor=tutor
    )
    sheets.sent(sheets.own(student))
    mark_step(student=student, key="intention", points=1, actor=office, now=sheets.SENT)
    classes.on_paper(classes.planned(year, office), office, {student: classes.late(30)})

    [line] = lines(signed_in(office).post(address, {"columns": ALL, "format": "csv"}))

    assert line == {
        "Nom": "Durand",
        "Prénoms": student.first_names,
        "Adresse e-mail": student.email,
        "Département": "2IA",
        "Option": "IL",
        "État": "faisable",
        "Fiche contact": "chez le responsable",
        "Contrat de travail": "pas commencé",
        "Convention de formation": "pas préparée",
        "Tuteur école": tutor.email,
        "Note de conduite à ce jour": line["Note de conduite à ce jour"],
        "Heures suivies": "1,50",
        "Heures manquées": "0,50",
    }
    assert float(line["Note de conduite à ce jour"].replace(",", ".")) > 0


def test_the_columns_that_are_ticked_in_their_order(signed_in, office, year, student, address):
    asked = {"columns": ["email", "last_name"], "format": "csv"}
    [line] = lines(signed_in(office).post(address, asked))
    assert list(line) == ["Nom", "Adresse e-mail"]
    [entry] = JournalEntry.objects.filter(verb="export")
    assert (entry.actor_ref, entry.data["columns"]) == (str(office.pk), ["last_name", "email"])
    assert (entry.object_ref, entry.data["rows"]) == (year.slug, 1)


def test_nothing_that_is_kept_apart_can_be_asked_for(signed_in, office, student, address):
    client = signed_in(office)
    assert not set(APART) & set(ALL)
    for key in APART:
        wrong = client.post(address, {"columns": [key], "format": "csv"})
        assert wrong.status_code == 422


@pytest.mark.parametrize(
    "asked", [{}, {"columns": ["email"]}, {"columns": ["email"], "format": "pdf"}]
)
def test_without_a_column_or_a_format_nothing_leaves(signed_in, office, student, address, asked):
    assert signed_in(office).post(address, asked).status_code == 422
    assert not JournalEntry.objects.filter(verb="export").exists()


def test_what_somebody_typed_is_no_formula(signed_in, office, year, address):
    contracts.student(year, birth_name="=1+1", usual_name="", first_names="@SUM(A1)")
    asked = {"columns": ["last_name", "first_names"], "format": "xlsx"}
    sheet = load_workbook(io.BytesIO(body(signed_in(office).post(address, asked)))).active

    assert [cell.value for cell in sheet[2]] == ["'=1+1", "'@SUM(A1)"]
    assert {cell.data_type for cell in sheet[2]} == {"s"}


def test_the_list_leaves_as_it_is_narrowed(signed_in, office, year, address):
    contracts.student(year, StudentState.FEASIBLE)
    other = contracts.student(year, StudentState.FEASIBLE, department="GCBD", option="BE")
    client = signed_in(office)
    narrowed = f"{address}?department=GCBD&paper=sheet-none"
    assert client.get(narrowed).context["count"] == 1
    rows = lines(client.post(narrowed, {"columns": ["email"], "format": "csv"}))
    assert [row["Adresse e-mail"] for row in rows] == [other.email]


def test_it_costs_the_same_for_one_and_for_many(signed_in, office, year, student, address):
    client = signed_in(office)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address, {"columns": ALL, "format": "csv"}).status_code == 200
        return len(queries)

    asked()
    one = asked()
    for _ in range(9):
        contracts.student(year, StudentState.FEASIBLE, tutor=accounts.UserFactory())
    assert asked() == one


def test_only_the_office_takes_it(signed_in, year, student, address):
    direction = accounts.with_second_factor(accounts.direction(year.school))
    assert signed_in(direction).post(address, {"columns": ALL, "format": "csv"}).status_code == 404
