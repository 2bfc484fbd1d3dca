"""Each list is read by its index, at some 90,000 candidacies. On PostgreSQL, whose plans these are."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from admissions.forms.jury import JuryFilter
from admissions.forms.worklist import WorkFilter
from admissions.models import Candidacy
from admissions.models.sealed import Sitting
from admissions.rules.moves import ApplicationState
from admissions.selectors.sealed.benches import bench_of
from admissions.selectors.sealed.candidacies import at_stage, in_order
from admissions.selectors.sealed.counts import stage_or_none
from admissions.selectors.sealed.rectifications import announced_at
from admissions.selectors.sittings import called_sittings
from admissions.selectors.worklist import worklist
from apprenticeship.rules.moves import ProjectState
from apprenticeship.selectors.board import seats_of
from apprenticeship.selectors.projects import followed_projects
from campaigns.models import Pool, Selection
from notifications.selectors import correspondence, outbox
from tests.databases import server
from tests.plans.population import crowd

pytestmark = [
    pytest.mark.plans,
    pytest.mark.django_db,
    pytest.mark.skipif(not server(), reason="DATABASE_URL names no PostgreSQL server"),
]
TODAY = date(2022, 4, 1)
BIG = ("admissions_application", "admissions_candidacy", "admissions_document", "notifications_notification")
PAGE = 50


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Made once for all, in a transaction that is undone."""
    from django.db import transaction  # noqa: PLC0415

    with django_db_blocker.unblock(), transaction.atomic():
        yield crowd()
        transaction.set_rollback(True)


def clerk_list(people, state, **asked):
    campaign = people.campaign
    query = QueryDict(mutable=True)
    query.update(asked)
    rows = worklist(people.clerk, campaign, state)
    return WorkFilter(query, rows, campaigns=[campaign], campaign=campaign, today=TODAY).qs


def jury_list(people, order="name", **asked):
    selection = Selection.objects.get(campaign=people.campaign, key="year-1")
    bench, stage = bench_of(people.president, selection), stage_or_none(selection, "file")
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
    return outbox([people.campaign.organiser_id]).filter(**narrowed)


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
        "person_search",
    ),
    "the jury's": (jury_list, "candidacy_at_stage"),
    "the jury's, by name": (lambda people: jury_list(people, q="prenom777"), "person_search"),
    "hours of tests": (sittings, "sitting_to_call"),
    "decisions announced": (announced, "decision_at_stage"),
    "the outbox": (messages, "notification_list"),
    "the outbox, failed": (lambda people: messages(people, state="failed"), "notification_state"),
    "the outbox, of a kind": (lambda people: messages(people, kind="admissions.call"), "notification_kind"),
    "messages of a dossier": (
        lambda _: correspondence("000000000777", ["admissions.receipt"]),
        "notification_about",
    ),
    "job projects, to judge": (
        lambda people: followed_projects(people.head, people.campaign, ProjectState.SUBMITTED),
        "project_list",
    ),
    "job projects, all": (lambda people: followed_projects(people.head, people.campaign, None), "project_newest"),
    "places": (lambda people: seats_of(people.head, Pool.objects.get(key="bat-1")), "seat_"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_page_is_read_by_its_index(people, name):
    rows, index = LISTS[name]
    plan = rows(people)[:PAGE].explain()
    assert re.search(rf"\b{index}", plan), plan
    assert [table for table in BIG if f"Seq Scan on {table}" in plan] == [], plan


def test_the_population_is_as_large_as_it_says(people):
    assert Candidacy.objects.count() > 90_000
