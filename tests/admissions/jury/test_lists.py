"""The lists of a jury: what is counted, narrowed and ordered, at what cost, and what nobody else learns."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib import admin

from accounts.models import Person, User
from admissions.models import Application, Candidacy
from admissions.models.sealed import Decision, Mark
from campaigns.models import Assessment, Programme, Stage
from common.models import JournalEntry
from tests.factories import accounts, jury
from tests.factories import admissions as dossiers

pytestmark = pytest.mark.servers

HOME = "/admin/jury/"
FILE = "/admin/jury/ales-2022/year-1/file/"
TESTS = "/admin/jury/ales-2022/year-1/tests/"
QUERIES = {HOME: 10, FILE: 17}
DECIDED = ("", "proposed", "recorded")


def many(count: int) -> None:
    """Candidacies at the file review, written as rows: one in three without a decision."""
    campaign = dossiers.campaign()
    programme = Programme.objects.get(campaign=campaign, code="BAT-1")
    stage = Stage.objects.get(selection=programme.selection, key="file")
    start = Application.objects.count()
    users = User.objects.bulk_create([User(email=f"n{start + n}@exemple.fr") for n in range(count)])
    people = Person.objects.bulk_create([Person(user=user) for user in users])
    received = {
        "started_at": dossiers.STARTED,
        "accepted_notice": campaign.current_version,
        "state": "complete",
        "completed_at": dossiers.CHECKED,
    }
    applications = Application.objects.bulk_create(
        [
            Application(
                campaign=campaign,
                person=person,
                email=person.user.email,
                birth_name=f"Nom{person.user.pk}",
                received_at=dossiers.SUBMITTED + timedelta(minutes=n),
                **received,
            )
            for n, person in enumerate(people)
        ]
    )
    rows = Candidacy.objects.bulk_create(
        [
            Candidacy(
                application=row,
                programme=programme,
                state="in_selection",
                stage=stage,
                verdict="eligible",
            )
            for row in applications
        ]
    )
    Decision.objects.bulk_create(list(decisions(rows, stage)))


def decisions(rows: list[Candidacy], stage: Stage) -> Iterator[Decision]:
    by, outcomes = accounts.administrator(), list(stage.outcomes.all())
    for n, row in enumerate(rows):
        state = DECIDED[n % 3]
        if state:
            outcome = outcomes[n % len(outcomes)]
            yield Decision(
                candidacy=row,
                stage=stage,
                outcome=outcome,
                state=state,
                by=by,
                recorded_at=jury.DECIDED,
            )


def listed(response) -> list[str]:
    return [row.ref for row in response.context["page"].object_list]


@pytest.mark.parametrize("path", QUERIES)
def test_a_list_costs_the_same_at_three_and_at_three_hundred(
    signed_in, juror, django_assert_num_queries, path
):
    client = signed_in(juror)
    many(3)
    client.get(path)

    with django_assert_num_queries(QUERIES[path]):
        client.get(path, {"decision": ""})
    many(297)
    with django_assert_num_queries(QUERIES[path]):
        client.get(path, {"decision": ""})


def test_the_stages_are_counted(signed_in, juror):
    many(300)

    home = signed_in(juror).get(HOME).content.decode()
    page = signed_in(juror).get(f"{FILE}?decision=")

    for words in (
        "300\xa0candidatures\xa0:",
        "100\xa0décidées",
        "100\xa0proposées",
        "100\xa0à décider",
    ):
        assert words.replace("\xa0", " ") in home.replace("\xa0", " ")
    assert "Page 1 sur 6" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ab"),
        ("decision=", "abc"),
        ("decision=undecided", "b"),
        ("decision=proposed", "a"),
        ("decision=recorded", "c"),
        ("decision=&outcome=rejected", "ac"),
        ("decision=&outcome=excellence", ""),
        ("decision=&programme=MKX-1", "b"),
        ("decision=&programme=BAT-1", "ac"),
        ("decision=&q=CÉLINE", "c"),
        ("decision=&q=dupont", ""),
        ("decision=&verdict=jury", "b"),
        ("decision=&verdict=eligible", "ac"),
        ("decision=&order=received", "cba"),
        ("decision=&order=nonsense", "abc"),
        ("decision=&page=99", "abc"),
    ],
)
def test_the_list_is_narrowed_and_ordered(signed_in, juror, query, found):
    received = {name: dossiers.SUBMITTED - timedelta(hours=n) for n, name in enumerate("abc")}
    programmes, first_names = {"b": "MKX-1"}, {"c": "Céline"}
    refs = {}
    for name in "abc":
        row = jury.entered(
            programmes.get(name, "BAT-1"),
            birth_name=f"{name}{name}",
            usual_name="",
            first_names=first_names.get(name, "Luc"),
            received_at=received[name],
        )
        refs[row.ref] = name
        if name == "a":
            propose(row)
        if name == "c":
            jury.recorded(row, "rejected")

    response = signed_in(juror).get(f"{FILE}?{query}")

    assert "".join(refs[ref] for ref in listed(response)) == found


def without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def propose(row: Candidacy) -> None:
    from admissions.jury.services.decisions import propose_decision  # noqa: PLC0415

    president = accounts.president(row.programme.school)
    propose_decision(
        candidacy_ref=row.ref, outcome_key="rejected", actor=president, now=jury.DECIDED
    )


def test_the_average_orders_by_the_marks_that_one_may_see(signed_in, juror):
    """An order tells as much as a figure."""
    low, high = jury.entered(stage="tests"), jury.entered(stage="tests")
    colleague = jury.member("year-1")
    for row, mark in ((low, 500), (high, 1900)):
        jury.called(row, "english")
        jury.marked(row, "english", mark, by=colleague)
    Candidacy.objects.filter(pk=low.pk).update(sort_key="a")
    Candidacy.objects.filter(pk=high.pk).update(sort_key="b")
    path = f"{TESTS}?order=average"

    assert listed(signed_in(juror).get(path)) == [low.ref, high.ref]
    assert listed(signed_in(juror).get(f"{path}&marks=missing")) == [low.ref, high.ref]
    assert listed(signed_in(jury.president()).get(path)) == [high.ref, low.ref]
    for row, mark in ((low, 600), (high, 1800)):
        jury.marked(row, "english", mark, by=juror)
    assert listed(signed_in(juror).get(path)) == [high.ref, low.ref]
    assert listed(signed_in(juror).get(f"{path}&marks=missing")) == []


def test_the_average_weighs_alike_tests_of_different_scales(signed_in):
    """R-SEL-6: 30 out of 100 is less than 12 out of 20."""
    low, high = jury.entered(stage="tests"), jury.entered(stage="tests")
    Assessment.objects.filter(key="recorded-interview").update(scale=100)
    for row, key, mark in ((low, "recorded-interview", 3000), (high, "english", 1200)):
        jury.called(row, key)
        jury.marked(row, key, mark, by=jury.president())

    page = signed_in(jury.president()).get(f"{TESTS}?order=average")

    assert listed(page) == [high.ref, low.ref]
    assert "Moyenne sur 20" in page.content.decode()


def test_a_juror_of_one_programme_learns_nothing_of_another(signed_in):
    """Nor does a member of another selection: no list, no count, no file."""
    mine, other = jury.entered("BAT-1"), jury.entered("MKX-1")
    juror = jury.member("year-1", programme="BAT-1")
    file = other.application.documents.get(requirement__key="cv").files.get().file
    client = signed_in(juror)
    before = without_token(client.get(FILE))

    jury.recorded(other, "excellence")

    assert listed(client.get(f"{FILE}?decision=")) == [mine.ref]
    assert listed(client.get(f"{FILE}?decision=&programme=MKX-1")) == [mine.ref]
    assert without_token(client.get(FILE)) == before
    assert client.get(f"{FILE}{other.ref}/").status_code == 404
    assert client.post(f"{FILE}{other.ref}/record/", {"outcome": "rejected"}).status_code == 404
    assert client.get(f"/documents/{file.ref}").status_code == 404
    assert client.get("/admin/jury/ales-2022/year-2/file/").status_code == 404
    assert client.get("/admin/jury/ales-2022/year-1/nothing/").status_code == 404


@pytest.mark.parametrize(
    "who",
    [
        accounts.clerk,
        accounts.school_admin,
        accounts.programme_head,
        accounts.company_office,
        accounts.administrator,
        accounts.candidate,
    ],
)
def test_nobody_else_finds_a_jury(signed_in, candidacy, who):
    jury.recorded(candidacy, "excellence")
    user = who()
    if user.is_staff:
        accounts.with_second_factor(user)
    client = signed_in(user)

    assert [client.get(path).status_code for path in (HOME, FILE, f"{FILE}{candidacy.ref}/")] == [
        404,
        404,
        404,
    ]


def test_a_president_of_another_school_finds_an_empty_page(signed_in, candidacy):
    client = signed_in(jury.president(accounts.other_school()))

    assert "Aucun jury ne vous est encore confié" in client.get(HOME).content.decode()
    assert client.get(FILE).status_code == 404


def test_sealed_rows_have_no_stock_admin():
    registered = {model._meta.label for model in admin.site._registry}

    sealed = {
        f"admissions.{name}"
        for name in ("Candidacy", "Decision", "Mark", "Sitting", "Conflict", "Application")
    }
    assert registered & sealed == set()


def test_the_journal_s_list_shows_nothing_sealed(signed_in, candidacy):
    """`is_superuser` opens none: a sitting that is planned would tell the decision."""
    jury.recorded(candidacy, "standard")
    client = signed_in(accounts.with_second_factor(accounts.administrator()))

    shown = client.get(f"/admin/common/journalentry/?q={candidacy.ref}").content.decode()
    hidden = JournalEntry.objects.get(object_type="sitting")

    assert "enter" in shown
    assert not {"decision", "sitting", "recorded", "planned"} & set(
        shown.replace("<", " ").replace(">", " ").split()
    )
    assert client.get(f"/admin/common/journalentry/{hidden.pk}/change/").status_code == 302
    assert Mark.objects.count() == 0
