"""The transcript of a year for its service, and each student's own line of it (R-PRO-7, R-PRO-13)."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from common.models import JournalEntry
from contratpro.models import StudentFile
from contratpro.pfe.services.defence import mark_defence
from contratpro.projects.services.marking import publish_mark, take_mark_back
from contratpro.states import StudentState
from contratpro.transcript.selectors import transcript
from tests.factories import accounts
from tests.factories import company_projects as projects
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
QUERIES, EXPORT_QUERIES = 8, 7


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(projects.CLOSED, tick=False):
        yield


@pytest.fixture
def whole(student, head, tutor, office, signed):
    """A student with both marks."""
    projects.whole(student, tutor)
    publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    projects.planned(student, head)
    projects.approved_sheet(student, tutor)
    given = {"hundredths": 1600, "words": "Bien.", "actor": head, "now": projects.DEFENDED}
    mark_defence(ref=student.ref, **given)
    return student


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def at(year, rest=""):
    return f"{reverse('contract_transcript', kwargs={'year_slug': year.slug})}{rest}"


def exported(response):
    return b"".join(response.streaming_content)


def test_a_line_says_what_is_published(student, head, tutor, office, year, whole):
    """R-PRO-7: 10 and 20 ECTS."""
    [line] = transcript(year, projects.CLOSED)
    assert (line.project_mark, line.project_ects) == (student.company_project.mark, 10)
    assert (line.pfe_mark, line.pfe_ects, line.pfe_title) == (1600, 20, projects.PFE["title"])
    assert (line.lacks, line.is_complete) == ((), True)


def test_a_mark_that_is_not_published_is_not_in_it(student, tutor, office, year):
    """R-PRO-7."""
    projects.whole(student, tutor)
    [line] = transcript(year, projects.CLOSED)
    assert (line.project_mark, line.pfe_mark) == (None, None)
    assert line.lacks == ("publication", "title", "defence")
    publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    take_mark_back(ref=student.ref, reason="erreur", actor=office, now=projects.CLOSED)
    [line] = transcript(year, projects.CLOSED)
    assert line.project_mark is None


def test_who_is_listed(year, student, office):
    """Whoever has a project under way; of the others, who has marks already."""
    contracts.student(year, StudentState.CONFIRMED)
    contracts.student(year, StudentState.WITHDRAWN)
    assert [line.ref for line in transcript(year, projects.CLOSED)] == [student.ref]


def test_the_jury_is_waited_for_once_the_defence_is_past(year, student, head, tutor, signed):
    """R-PRO-13: nobody has to act months ahead."""
    projects.approved_sheet(student, tutor)
    defence = projects.planned(student, head)
    ahead, past = defence.starts_at - timedelta(seconds=1), defence.starts_at
    for at_hour, is_awaited in ((ahead, False), (past, True)):
        [line] = transcript(year, at_hour)
        assert ("jury_mark" in line.lacks) is is_awaited


def test_whoever_left_lacks_no_mark(signed_in, office, year, whole):
    """Of them nothing is awaited; marks that were given stay."""
    left = contracts.student(year, StudentState.FEASIBLE)
    projects.deposited(left)
    StudentFile.objects.filter(pk=left.pk).update(state=StudentState.WITHDRAWN)
    client = signed_in(office)
    page = client.get(at(year))
    assert {row.line.ref for row in page.context["rows"]} == {whole.ref, left.ref}
    assert "1 sur 1 ont" in text(page)
    assert client.get(at(year, "?state=lacking")).context["rows"] == []

    StudentFile.objects.filter(pk=whole.pk).update(state=StudentState.WITHDRAWN)
    [row] = client.get(at(year, "?state=complete")).context["rows"]
    assert row.line.ref == whole.ref


def test_the_record_of_an_export_names_the_filters_that_were_used(signed_in, office, year, whole):
    client = signed_in(office)
    asked = "department=&state=complete&who=&project=&pfe="
    exported(client.post(at(year, f"export/csv/?{asked}")))
    assert JournalEntry.objects.get(verb="export").data["filters"] == ["state"]


def test_the_service_reads_what_lacks_and_of_whom(signed_in, office, year, whole):
    """R-PRO-13."""
    waiting = contracts.student(year, StudentState.FEASIBLE)
    page = signed_in(office).get(at(year))
    said = text(page)

    assert "1 sur 2 ont les deux notes" in said
    assert "16,00 / 20" in said
    assert projects.PFE["title"] in said
    [row] = [row for row in page.context["rows"] if row.line.ref == waiting.ref]
    assert [(one.who, list(one.what)) for one in row.awaited] == [
        ("Élève", ["rapport du projet d’entreprise", "fiche PFE"]),
        ("Tuteur école", ["évaluation à demander au tuteur entreprise"]),
        ("Responsable de département ou d’option", ["jour de la soutenance"]),
    ]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"whole", "waiting"}),
        ("?state=complete", {"whole"}),
        ("?state=lacking", {"waiting"}),
        ("?who=student", {"waiting"}),
        ("?who=registrar", {"whole", "waiting"}),
        ("?pfe=16-18", {"whole"}),
        ("?pfe=14-16", set()),
        ("?project=nothing", {"whole", "waiting"}),
        ("?department=2IA", {"whole", "waiting"}),
        ("?department=GCBD", set()),
    ],
)
def test_the_list_is_narrowed_and_exported_as_narrowed(
    signed_in, office, year, whole, asked, shown
):
    waiting = contracts.student(year, StudentState.FEASIBLE)
    refs = {"whole": whole.ref, "waiting": waiting.ref}
    client = signed_in(office)
    page = client.get(f"{at(year)}{asked}")
    sent = client.post(f"{at(year, 'export/csv/')}{asked}")
    rows = list(csv.DictReader(io.StringIO(exported(sent).decode("utf-8-sig")), delimiter=";"))

    expected = {refs[name] for name in shown}
    assert {row.line.ref for row in page.context["rows"]} == expected
    assert {row["Numéro"] for row in rows} == expected
    entry = JournalEntry.objects.get(verb="export")
    assert (entry.actor_ref, entry.data["rows"]) == (str(office.pk), len(shown))


def test_what_is_exported_of_a_line(signed_in, office, year, whole):
    """R-PRO-13: the line of the transcript."""
    sent = signed_in(office).post(at(year, "export/xlsx/"))
    book = openpyxl.load_workbook(io.BytesIO(exported(sent)))
    heads, line = list(book.active.iter_rows(values_only=True))

    said = dict(zip(heads, line, strict=True))
    assert said["Projet de fin d’études, note"] == 16
    assert (said["Projet d’entreprise, ECTS"], said["Projet de fin d’études, ECTS"]) == (10, 20)
    assert said["Titre du projet de fin d’études"] == projects.PFE["title"]
    assert 'filename="notes-ales-2025-2026-01-05.xlsx"' in sent["Content-Disposition"]
    assert signed_in(office).post(at(year, "export/pdf/")).status_code == 404


def test_a_year_without_projects_says_so(signed_in, office, year):
    assert "Aucun projet pour l’instant" in text(signed_in(office).get(at(year)))
    contracts.student(year, StudentState.FEASIBLE)
    page = signed_in(office).get(at(year, "?state=complete"))
    assert "Aucun élève ne correspond" in text(page)


def test_the_direction_reads_it_and_nobody_else_does(signed_in, year, head, tutor, student):
    reader = accounts.with_second_factor(accounts.direction(year.school))
    assert signed_in(reader).get(at(year)).status_code == 200
    for someone in (head, tutor, student.user, accounts.with_second_factor(accounts.UserFactory())):
        client = signed_in(someone)
        assert client.get(at(year)).status_code == 404
        assert client.post(at(year, "export/csv/")).status_code == 404


def test_the_list_costs_the_same_at_one_and_at_sixty(
    signed_in, office, year, whole, django_assert_num_queries
):
    client = signed_in(office)
    client.get(at(year))
    with django_assert_num_queries(QUERIES):
        client.get(at(year))
    for _ in range(60):
        contracts.student(year, StudentState.FEASIBLE)
    with django_assert_num_queries(QUERIES):
        assert client.get(at(year)).context["page"].paginator.count == 61
    with django_assert_num_queries(EXPORT_QUERIES):
        exported(client.post(at(year, "export/csv/")))


def own(student):
    return f"/contrat-pro/{student.ref}/marks/"


def test_a_student_reads_what_is_published_and_not_before(
    signed_in, student, tutor, office, head, signed
):
    """R-PRO-7: the page is the same, word for word, until a mark is published."""
    client = signed_in(student.user)
    before = client.get(own(student)).context["row"]
    projects.whole(student, tutor)
    projects.planned(student, head)
    projects.approved_sheet(student, tutor)
    page = client.get(own(student))
    assert page.context["row"] == before
    assert text(page).count("non publiée") == 2

    publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    given = {"hundredths": 1650, "words": "Bien.", "actor": head, "now": projects.DEFENDED}
    mark_defence(ref=student.ref, **given)
    said = text(client.get(own(student)))
    assert "16,50 / 20" in said
    assert projects.PFE["title"] in said
    assert "non publiée" not in said
    assert own(student) in client.get(f"/contrat-pro/{student.ref}/").content.decode()


def test_nobody_else_reads_the_line_of_a_student(signed_in, student, tutor, office, year):
    for someone in (tutor, office, contracts.student(year).user):
        assert signed_in(someone).get(own(student)).status_code == 404


def test_before_identity_is_confirmed_the_line_waits(signed_in, year):
    student = contracts.student(year, StudentState.INVITED)
    assert signed_in(student.user).get(own(student)).status_code == 302
