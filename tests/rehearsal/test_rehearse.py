"""The command, on a scratch copy: the same each time, and nothing real is touched."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from admissions.models import Application
from admissions.models.sealed import Decision
from campaigns.models import Campaign, Diploma
from campaigns.notice.selectors import notice
from common.models import JournalEntry
from notifications.models import Notification
from rehearsal.campaign.play import rehearsed
from rehearsal.management.commands.rehearse import copy_of
from rehearsal.report import Report
from rehearsal.stage import environment
from tests.campaigns.test_invented import document as invented_document
from tests.factories.campaigns import albi_2021_document, ales_2022, ales_2024_document

CANDIDATES = 8
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Played:
    report: Report
    eliminated: int  # candidacies that an eliminatory mark proposed to reject

    @property
    def broken(self) -> list[str]:
        return [row.key for row in self.report.invariants if not row.holds]


@pytest.fixture(scope="module")
def order(for_the_module) -> dict:
    ales_2022()
    return {**copy_of("ales-2022"), "candidates": CANDIDATES, "seed": "1"}


@pytest.fixture(scope="module")
def commanded(order) -> tuple[dict, list[int], list[int]]:
    """What the command writes, and how many rows there were before and after it."""
    before, out = counts(), io.StringIO()
    call_command("rehearse", "ales-2022", candidates=CANDIDATES, json=True, stdout=out)
    return json.loads(out.getvalue()), before, counts()


@pytest.fixture(scope="module")
def played(order) -> Iterator[Callable[..., Played]]:
    """Plays in the tests' own database and leaves nothing there; the same is not played twice."""
    known: dict[str, Played] = {}

    def play(**changes) -> Played:
        wanted = {**order, **changes}
        key = json.dumps(wanted)
        if key not in known:
            known[key] = played_out(wanted)
        return known[key]

    with override_settings(EMAIL_BACKEND="rehearsal.stage.RecordingBackend"):
        yield play


def played_out(wanted: dict) -> Played:
    notice.cache_clear()
    with transaction.atomic():
        report = rehearsed(wanted, io.StringIO())
        eliminated = Decision.objects.filter(eliminated_by__isnull=False).count()
        transaction.set_rollback(True)
    notice.cache_clear()
    return Played(report, eliminated)


def data_of(document: Callable) -> dict:
    return document().model_dump(mode="json", by_alias=True)


def counts() -> list[int]:
    return [
        table.objects.count()
        for table in (User, Application, Campaign, Diploma, JournalEntry, Notification)
    ]


def test_the_command_writes_json_and_touches_nothing_real(commanded):
    report, before, after = commanded
    assert sorted(report) == [
        "campaign",
        "candidates",
        "funnel",
        "invariants",
        "seats",
        "seed",
        "timeline",
    ]
    assert [row["key"] for row in report["invariants"] if not row["holds"]] == []
    assert report["timeline"][0] == {
        "at": report["timeline"][0]["at"],
        "action": "start",
        "title": "Applications begun",
        "people": report["timeline"][0]["people"],
        "messages": 0,
        "dated": False,
    }
    assert after == before


def test_an_unknown_campaign_is_said(order):
    with pytest.raises(
        CommandError, match="no campaign has the slug 'albi' \\(known: ales-2022\\)"
    ):
        call_command("rehearse", "albi", candidates=3)


def test_nothing_that_leads_to_real_data_goes_through(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "VAR_DIR", "DEMO"):
        monkeypatch.setenv(name, "real")
    assert {
        name: value
        for name, value in environment("scratch").items()
        if name in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "VAR_DIR", "DEMO"}
    } == {"VAR_DIR": "scratch", "EMAIL_URL": "smtp://127.0.0.1:9"}


@pytest.mark.parametrize("state", ["draft", pytest.param("published", marks=pytest.mark.long)])
def test_the_same_seed_plays_the_same_campaign_and_all_holds(commanded, order, played, state):
    """In two processes, on two databases. A draft is rehearsed as it will be lived."""
    found = played(
        document=order["document"] | {"campaign": order["document"]["campaign"] | {"state": state}}
    )
    assert commanded[0] == json.loads(json.dumps(found.report.as_json()))
    assert found.broken == []
    timeline = found.report.timeline
    assert {step.action for step in timeline} >= {
        "submit",
        "check",
        "decide",
        "confirm",
        "announce",
    }
    results = [step for step in timeline if step.title == "Results of the file review"]
    assert [f"{step.at:%m-%d %H:%M}" for step in results] == ["04-04 10:00"]


@pytest.mark.long
def test_another_seed_plays_other_people(commanded, played):
    assert (
        commanded[0]["timeline"]
        != json.loads(json.dumps(played(seed="2").report.as_json()))["timeline"]
    )


# Seeds for which few candidates meet much: a mark that eliminates, a list that is left.
FEW = [
    (ales_2024_document, 7, "6"),
    (albi_2021_document, 6, "1"),
    (invented_document, 7, "2"),
    pytest.param(ales_2024_document, 16, "1", marks=pytest.mark.long),
    pytest.param(albi_2021_document, 16, "1", marks=pytest.mark.long),
    pytest.param(invented_document, 16, "1", marks=pytest.mark.long),
]


@pytest.mark.parametrize(("document", "candidates", "seed"), FEW)
def test_every_campaign_runs_from_its_file_alone(played, document, candidates, seed):
    """Nothing in the play is written for one notice."""
    found = played(document=data_of(document), candidates=candidates, seed=seed)

    assert found.report.campaign == document().campaign.slug
    assert found.broken == []
    assert {row.title.split(":")[0] for row in found.report.timeline} >= {
        "Hours set or booked",
        "Tests",
    }


@pytest.mark.parametrize(
    ("candidates", "seed"), [(7, "2"), pytest.param(40, "5", marks=pytest.mark.long)]
)
def test_whom_an_eliminatory_mark_rejects_is_answered(played, candidates, seed):
    """R-SEL-5: the mark proposes, the jury records."""
    found = played(document=data_of(invented_document), candidates=candidates, seed=seed)
    assert found.eliminated > 0
    assert found.broken == []


@pytest.mark.parametrize(
    ("candidates", "seed"), [(7, "6"), pytest.param(30, "2", marks=pytest.mark.long)]
)
def test_places_that_are_left_have_their_supplementary_list(played, candidates, seed):
    """R-JOB-6, as 2024 says it: drawn up seven days before, left three months after."""
    found = played(document=data_of(ales_2024_document), candidates=candidates, seed=seed)

    days = {
        step.action: f"{step.at:%m-%d}"
        for step in found.report.timeline
        if step.action in {"list", "leave"}
    }
    assert days == {"list": "08-26", "leave": "12-03"}


def continuing_education() -> dict:
    """Albi's continuing education alone, on its five places."""
    data = data_of(albi_2021_document)
    data["programmes"] = [row for row in data["programmes"] if row["status"] == "continuing"]
    data["pools"] = [row for row in data["pools"] if row["key"] == "fc-cp"]
    known = {row["code"] for row in data["programmes"]} | {"albi"}
    for section in ("calendar", "routes", "ages", "documents"):
        concerned = [row for row in data[section] if not row["for"] or known & set(row["for"])]
        data[section] = [
            {**row, "for": [name for name in row["for"] if name in known]} for row in concerned
        ]
    return data


@pytest.mark.parametrize(
    ("candidates", "seed"), [(9, "3"), pytest.param(40, "1", marks=pytest.mark.long)]
)
def test_an_employer_s_agreement_admits_without_a_contract(played, candidates, seed):
    found = played(document=continuing_education(), candidates=candidates, seed=seed)
    people = counted(found)

    assert found.broken == []
    assert people["agree"] >= people["admit"] > 0
    assert "search" not in people
    assert "contract" not in people


@pytest.mark.parametrize("candidates", [12, pytest.param(150, marks=pytest.mark.long)])
def test_what_is_applied_to_at_the_office_is_typed_there(played, candidates):
    """R-ELI-4: Albi's contrats pro; one candidate of twelve brings a paper, and claims what was typed."""
    found = played(document=data_of(albi_2021_document), candidates=candidates, seed="1")
    people = counted(found)

    assert found.broken == []
    assert people["enter"] == people["claim"] == candidates // 12


@pytest.mark.parametrize(
    ("candidates", "seed"), [(7, "5"), pytest.param(40, "1", marks=pytest.mark.long)]
)
def test_results_alone_admit(played, candidates, seed):
    data = data_of(invented_document)
    data["admission"] = {row["key"]: "results" for row in data["selections"]}
    found = played(document=data, candidates=candidates, seed=seed)
    people = counted(found)

    assert found.broken == []
    assert people["admit"] > 0
    assert not {"search", "contract", "agree"} & people.keys()


def counted(found: Played) -> dict[str, int]:
    """How many people each kind of act concerned."""
    people: dict[str, int] = {}
    for step in found.report.timeline:
        people[step.action] = people.get(step.action, 0) + step.people
    return {action: number for action, number in people.items() if number}


def test_something_broken_ends_with_code_1(order, monkeypatch):
    """Only the scratch process is replaced: it tells of a pool that held too many."""
    broken = {
        "campaign": "ales-2022", "candidates": 1, "seed": "1", "timeline": [], "funnel": [],
        "seats": [{"pool": "bat-2", "capacity": 1, "held": 2, "queued": 0, "left": -1}],
        "invariants": [{"key": "no_seat_oversold", "title": "Oversold", "holds": False, "detail": "bat-2: 2 of 1"}],
    }  # fmt: skip
    monkeypatch.setattr("rehearsal.management.commands.rehearse.rehearse", lambda *_: broken)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("rehearse", "ales-2022", candidates=1, stdout=out)
    assert ended.value.code == 1
    assert "✗ Oversold: bat-2: 2 of 1" in out.getvalue()
