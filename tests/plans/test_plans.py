"""Each list is read by its index, at 100,000 candidacies. On PostgreSQL, whose plans these are."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import Person, User
from admissions.announcing.selectors.rectifications import announced_at
from admissions.checking.forms import WorkFilter
from admissions.checking.selectors import worklist
from admissions.jury.forms import JuryFilter
from admissions.jury.selectors.candidacies import at_stage, bench_of, in_order, stage_or_none
from admissions.models import Application, Candidacy, Charge, Document, Seat
from admissions.models.sealed import Decision, Mark, Sitting
from admissions.sittings.selectors import called_sittings
from admissions.states import ApplicationState
from apprenticeship.models import JobProject
from apprenticeship.office.selectors import seats_of
from apprenticeship.projects.selectors import followed_projects, having_words
from apprenticeship.states import ProjectState
from campaigns.models import Pool, Selection
from notifications.models import Notification
from notifications.outbox.permissions import desk_of
from notifications.outbox.selectors import correspondence, outbox_of
from tests.databases import server
from tests.plans.population import crowd

pytestmark = [
    pytest.mark.plans,
    pytest.mark.django_db,
    pytest.mark.skipif(not server(), reason="DATABASE_URL names no PostgreSQL server"),
]
TODAY = date(2022, 4, 1)
BIG = {
    model._meta.db_table
    for model in (
        Application,
        Candidacy,
        Charge,
        Decision,
        Document,
        JobProject,
        Notification,
        Person,
        Seat,
        Sitting,
        User,
    )
}
PAGE = 50
SORTED = 5_000  # rows that a page may sort: those of one name, one test, never a campaign's


@pytest.fixture(scope="module")
def people(for_the_module):
    return crowd()


def clerk_list(people, state, **asked):
    campaign = people.campaign
    query = QueryDict(mutable=True)
    query.update(asked)
    rows = worklist(people.clerk, campaign, state)
    return WorkFilter(query, rows, campaigns=[campaign], campaign=campaign, today=TODAY).qs


def jury_list(people, order="name", stage="file", **asked):
    selection = Selection.objects.get(campaign=people.campaign, key="year-1")
    bench, stage = bench_of(people.president, selection), stage_or_none(selection, stage)
    query = QueryDict(mutable=True)
    query.update(asked)
    return in_order(JuryFilter(query, at_stage(bench, stage), bench=bench, stage=stage).qs, order)


def announced(people):
    selection = Selection.objects.get(campaign=people.campaign, key="year-1")
    return announced_at(bench_of(people.president, selection), stage_or_none(selection, "file"))


def sittings(people):
    called = Sitting.objects.filter(state="called")[0].assessment
    return called_sittings(people.clerk, people.campaign, called, without_time=True)


def messages(people, **narrowed):
    return outbox_of(desk_of(people.clerk)).filter(**narrowed)


LISTS = {
    "the clerk's, submitted": (
        lambda people: clerk_list(people, ApplicationState.SUBMITTED),
        "application_list",
    ),
    "the clerk's, all states": (lambda people: clerk_list(people, None), "application_newest"),
    "the clerk's, to check": (
        lambda people: clerk_list(people, ApplicationState.SUBMITTED, pieces="to_check"),
        "application_list",
    ),
    "the clerk's, left to pay": (
        lambda people: clerk_list(people, ApplicationState.SUBMITTED, fees="due"),
        "application_list",
    ),
    "the clerk's, pieces late": (
        lambda people: clerk_list(people, ApplicationState.COMPLETE, pieces="late"),
        "document_awaited",
    ),
    "the clerk's, by name": (
        lambda people: clerk_list(people, ApplicationState.SUBMITTED, q="prenom777"),
        "application_search",
    ),
    "the jury's": (jury_list, "candidacy_at_stage"),
    "the jury's, by name": (lambda people: jury_list(people, q="prenom777"), "application_search"),
    "the jury's, by date received": (
        lambda people: jury_list(people, "received"),
        "candidacy_at_stage_received",
    ),
    "hours of tests": (sittings, "sitting_to_call"),
    "decisions announced": (announced, "decision_at_stage"),
    "the outbox": (messages, "notification_list"),
    "the outbox, failed": (lambda people: messages(people, state="failed"), "notification_state"),
    "the outbox, of a kind": (
        lambda people: messages(people, kind="admissions.call"),
        "notification_kind",
    ),
    "messages of a dossier": (
        lambda _: correspondence("000000000777", ["admissions.receipt"]),
        "notification_about",
    ),
    "job projects, to judge": (
        lambda people: followed_projects(people.head, people.campaign, ProjectState.SUBMITTED),
        "project_list",
    ),
    "job projects, all": (
        lambda people: followed_projects(people.head, people.campaign, None),
        "project_newest",
    ),
    "who is looked for to invite": (
        lambda people: having_words(people.office, "prenom777"),
        "candidacy_of_programme",
    ),
    "places": (lambda people: seats_of(people.head, Pool.objects.get(key="bat-1")), "seat_board"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_read_by_its_index(people, name):
    rows, index = LISTS[name]
    plan = json.loads(rows(people)[:PAGE].explain(format="json"))[0]["Plan"]
    nodes = list(nodes_of(plan))
    said = json.dumps(plan, indent=1)
    assert index in {node.get("Index Name") for node in nodes}, said
    assert [
        node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and big(node)
    ] == [], said
    assert [
        node for node in nodes if node["Node Type"] == "Sort" and node["Plan Rows"] > SORTED
    ] == [], said


def test_an_order_by_average_reads_no_other_stage(people):
    """No index holds an average, since each sees other marks: the candidacies of one stage are read and sorted."""
    plan = json.loads(jury_list(people, "average", stage="tests")[:PAGE].explain(format="json"))[0][
        "Plan"
    ]
    scanned = {node["Relation Name"] for node in nodes_of(plan) if node["Node Type"] == "Seq Scan"}
    assert (
        scanned & {model._meta.db_table for model in (Candidacy, Decision, Mark, Sitting)} == set()
    )


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes_of(inner)


def big(node: dict[str, Any]) -> bool:
    return node["Relation Name"] in BIG


def test_the_population_is_as_large_as_it_says(people):
    assert Candidacy.objects.count() >= 100_000
    assert Notification.objects.count() >= 200_000
