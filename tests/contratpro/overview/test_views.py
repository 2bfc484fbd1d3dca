"""The page of the service: its figures, and that each is that of the list it leads to (R-PRO-5, R-PRO-9, R-PRO-11)."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from contratpro.agreements.services.sending import send_to_company, send_to_social_service
from contratpro.models import StudentFile
from contratpro.pfe.services.defence import mark_defence
from contratpro.projects.services.marking import publish_mark
from contratpro.states import StudentState
from contratpro.steps.services import declare_step, mark_step, override_mark
from contratpro.vocabulary import CopyChannel
from tests.factories import accounts, agreements, classes, invoices, sheets
from tests.factories import company_projects as projects
from tests.factories import contracts as employment
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers
AUGUST = datetime(2025, 8, 19, 10, 0, tzinfo=UTC)  # the day after the paperwork is due
MARCH = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
QUERIES = 18
INTENTION = "1. Dire son intention au service des contrats et à son responsable"


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel(AUGUST, tick=False):
        yield


def at(name, year):
    return reverse(name, kwargs={"year_slug": year.slug})


def figures(plot):
    """What is not nought, by the title of its row."""
    return {
        row.title: [part.figure.shown for part in row.parts]
        for row in plot.rows
        if any(part.figure.amount for part in row.parts)
    }


def plots(page):
    context = page.context
    return [
        context["late"],
        context["steps"],
        *context["papers"],
        context["hours"],
        *context["marks"],
        context["invoices"],
    ]


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture
def papers(year, office):
    """Students by how far a paper of theirs is."""
    head = contracts.head(year)
    people = {
        name: contracts.student(year, StudentState.FEASIBLE)
        for name in ("nothing", "sent", "prepared", "handed in")
    }
    sheets.sent(sheets.own(people["sent"]))
    for name in ("prepared", "handed in"):
        agreements.validated_sheet(people[name], head)
        agreements.prepared(people[name], office)
    agreements.handed_in(people["handed in"].agreements.get(), people["handed in"].user)
    people["complete"] = employment.approved(year)
    employment.whole(people["complete"], office)
    people["signed"] = invoices.signed_papers(year, office)
    contracts.student(year, StudentState.WITHDRAWN)
    return people


PAPERS = [
    ("sheet-none", {"nothing"}),
    ("sheet-sent", {"sent"}),
    ("sheet-validated", {"prepared", "handed in", "complete", "signed"}),
    ("contract-complete", {"complete"}),
    ("contract-signed", {"signed"}),
    ("agreement-prepared", {"prepared"}),
    ("agreement-handed-in", {"handed in"}),
    ("agreement-signed", {"signed"}),
    ("agreement-sent", set()),
]


def test_the_list_is_narrowed_by_how_far_a_paper_is(signed_in, office, year, papers):
    client = signed_in(office)
    for stage, names in PAPERS:
        page = client.get(f"{at('contract_students', year)}?paper={stage}")
        found = {row.student.ref for row in page.context["rows"]}
        assert found == {papers[name].ref for name in names}, stage
    wrong = client.get(f"{at('contract_students', year)}?paper=nothing-like-it")
    assert wrong.status_code == 200


def test_papers_are_counted_by_how_far_they_are(signed_in, office, year, papers):
    page = signed_in(office).get(at("contract_overview", year))
    sheet, contract, agreement = page.context["papers"]

    assert figures(sheet) == {
        "pas commencée": ["1"],
        "chez le responsable": ["1"],
        "validée": ["4"],
    }
    assert figures(contract) == {
        "pas commencé": ["4"],
        "à déclarer complet": ["1"],
        "signé": ["1"],
    }
    assert figures(agreement) == {
        "pas préparée": ["3"],
        "chez l’élève et l’entreprise": ["1"],
        "à recevoir": ["1"],
        "signée par tous, à envoyer": ["1"],
    }


def counted(client, url):
    """How many the list has that a figure leads to."""
    context = client.get(url).context
    return context["page"].paginator.count


@pytest.fixture
def marked(papers, office, year):
    """The company project of two students, the final project of a third."""
    head, tutor = contracts.head(year), accounts.UserFactory()
    for name, conduct in (("handed in", 1500), ("prepared", 1600)):  # 13,80 and 14,00
        student = papers[name]
        student.tutor = tutor
        student.save(update_fields=["tutor"])
        projects.whole(student, tutor)
        given = {"hundredths": conduct, "reason": "essai", "actor": office}
        override_mark(student=student, now=projects.CLOSED, **given)
        publish_mark(ref=student.ref, actor=office, now=projects.CLOSED)
    signed = papers["signed"]
    projects.planned(signed, head)
    signed.tutor = tutor
    signed.save(update_fields=["tutor"])
    projects.approved_sheet(signed, tutor)
    given = {"hundredths": 2000, "words": "Bien.", "actor": head, "now": projects.DEFENDED}
    mark_defence(ref=signed.ref, **given)


def test_marks_are_drawn_once_they_are_published(signed_in, office, year, marked):
    """R-PRO-7: 0.2, 0.4 and 0.4 of the three; a mark of the jury as it is recorded."""
    company, final = signed_in(office).get(at("contract_overview", year)).context["marks"]
    assert figures(company) == {"12 à moins de 14": ["1"], "14 à moins de 16": ["1"]}
    assert figures(final) == {"18 à 20": ["1"]}
    assert [row.title for row in final.rows][:2] == ["0 à moins de 2", "2 à moins de 4"]


def test_every_figure_is_that_of_its_list(signed_in, office, year, papers, marked):
    """All but hours, whose list is that of the department."""
    invoices.issued(papers["signed"], office)
    declare_step(student=papers["nothing"], key="intention", actor=office, now=AUGUST)
    mark_step(student=papers["sent"], key="intention", points=1, actor=office, now=AUGUST)
    contracts.student(year, StudentState.CONFIRMED, double_degree=True)
    with time_machine.travel(MARCH, tick=False):
        client = signed_in(office)
        page = client.get(at("contract_overview", year))
        parts = [
            part.figure
            for plot in plots(page)
            for row in plot.rows
            for part in row.parts
            if part.figure.amount
        ]
        assert len(parts) > 40
        for figure in parts:
            assert str(counted(client, figure.url)) == figure.shown.split(" ")[0], figure.url


def test_steps_and_who_is_late(signed_in, office, year):
    late = contracts.student(year, StudentState.INTENDS)
    declare_step(student=late, key="intention", actor=office, now=AUGUST)
    contracts.student(year, StudentState.CONFIRMED)  # not bound by any day

    page = signed_in(office).get(at("contract_overview", year))

    assert figures(page.context["late"]) == {
        "Élève": ["1"],
        "Entreprise": ["1"],
        "Responsable de département ou d’option": ["1"],
        "Service des contrats pro": ["1"],
    }
    steps = page.context["steps"]
    words = [str(kind.word) for kind in steps.kinds]
    assert "notée" not in words  # a column in which nobody is
    first = dict(zip(words, figures(steps)[INTENTION], strict=True))
    assert (first["déclarée"], first["à faire"]) == ("1", "1")


def test_hours_of_each_department(signed_in, office, year):
    there, away = (contracts.student(year, StudentState.FEASIBLE) for _ in range(2))
    session = classes.planned(year, office)
    classes.on_paper(session, office, {there: classes.late(30), away: classes.ABSENT})
    with time_machine.travel(MARCH, tick=False):
        page = signed_in(office).get(at("contract_overview", year))

    assert figures(page.context["hours"]) == {
        "2IA": ["2\N{NO-BREAK SPACE}h", "3\N{NO-BREAK SPACE}h"]
    }
    [row] = page.context["hours"].rows
    assert [part.figure.amount for part in row.parts] == [90, 150]


def test_invoices_by_what_became_of_them(signed_in, office, year):
    invoices.issued(invoices.signed_papers(year, office), office)
    invoices.issued(invoices.signed_papers(year, office), office, due_on=date(2026, 3, 31))
    with time_machine.travel(MARCH, tick=False):
        page = signed_in(office).get(at("contract_overview", year))

    found = {
        title: said[0].replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
        for title, said in figures(page.context["invoices"]).items()
    }
    assert found == {
        "Factures établies": "2 · 9 000 €",
        "À régler": "2 · 9 000 €",
        "dont en retard": "1 · 4 500 €",
    }


def test_what_was_sent_waits_for_nobody(signed_in, office, year):
    student = invoices.signed_papers(year, office)
    one = {"ref": student.agreements.get().ref, "actor": office, "now": agreements.SENT}
    send_to_company(**one, channel=CopyChannel.SCAN, email="rh@exemple.fr")
    page = signed_in(office).get(at("contract_overview", year))
    assert figures(page.context["papers"][2]) == {"signée par tous, à envoyer": ["1"]}
    send_to_social_service(**one, channel=CopyChannel.SCAN)
    page = signed_in(office).get(at("contract_overview", year))
    assert figures(page.context["papers"][2]) == {"signée et envoyée": ["1"]}


def test_a_plot_is_an_image_with_a_title_and_no_style(signed_in, office, year, student):
    page = signed_in(office).get(at("contract_overview", year)).content.decode()
    drawn = re.findall(r"<svg class=\"plot-bar\".*?</svg>", page)

    assert drawn
    assert all('role="img"' in svg and "<title>" in svg for svg in drawn)
    assert " style=" not in page
    assert "<style" not in page


def test_a_year_without_students_says_so(signed_in, office, year):
    assert "Aucun élève pour l’instant" in text(
        signed_in(office).get(at("contract_overview", year))
    )


def test_the_direction_reads_and_finds_it_from_the_list(signed_in, year, student):
    client = signed_in(accounts.with_second_factor(accounts.direction(year.school)))
    for name in ("contract_students", "contract_steps", "contract_papers", "contract_invoices"):
        assert at("contract_overview", year) in client.get(at(name, year)).content.decode()
    page = client.get(at("contract_overview", year))
    assert page.status_code == 200
    assert at("contract_export", year) not in page.content.decode()


def test_the_page_costs_the_same_at_three_and_at_three_hundred(
    signed_in, office, year, papers, django_assert_num_queries
):
    client = signed_in(office)
    client.get(at("contract_overview", year))
    with django_assert_num_queries(QUERIES):
        client.get(at("contract_overview", year))
    for _ in range(294):
        contracts.student(year, StudentState.FEASIBLE)
    assert StudentFile.objects.count() > 300
    with django_assert_num_queries(QUERIES):
        client.get(at("contract_overview", year))
