"""The command, on a scratch copy: the same each time, and nothing real is touched."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from admissions.models import Application
from campaigns.models import Campaign, Diploma
from common.models import JournalEntry
from config.management.commands.rehearse import copy_of
from config.rehearsal.report import Report
from config.rehearsal.scratch import environment
from config.rehearsal.staging import rehearsed
from notifications.models import Notification
from tests.campaigns.test_invented import document as invented_document
from tests.factories.campaigns import albi_2021_document, ales_2022, ales_2024_document

CANDIDATES = 8


@pytest.fixture
def order(db) -> dict:
    ales_2022()
    return {**copy_of("ales-2022"), "candidates": CANDIDATES, "seed": "1"}


def counts() -> list[int]:
    return [table.objects.count() for table in (User, Application, Campaign, Diploma, JournalEntry, Notification)]


def test_the_command_writes_json_and_touches_nothing_real(order):
    before, out = counts(), io.StringIO()
    call_command("rehearse", "ales-2022", candidates=3, json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert sorted(report) == ["campaign", "candidates", "funnel", "invariants", "seats", "seed", "timeline"]
    assert [row["key"] for row in report["invariants"] if not row["holds"]] == []
    assert report["timeline"][0] == {
        "at": report["timeline"][0]["at"],
        "action": "start",
        "title": "Applications begun",
        "people": report["timeline"][0]["people"],
        "messages": 0,
        "dated": False,
    }
    assert counts() == before


def test_an_unknown_campaign_is_said(db):
    ales_2022()
    with pytest.raises(CommandError, match="no campaign has the slug 'albi' \\(known: ales-2022\\)"):
        call_command("rehearse", "albi", candidates=3)


def test_nothing_that_leads_to_real_data_goes_through(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "VAR_DIR", "DEMO"):
        monkeypatch.setenv(name, "real")
    assert {
        name: value
        for name, value in environment("scratch").items()
        if name in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "VAR_DIR", "DEMO"}
    } == {"VAR_DIR": "scratch", "EMAIL_URL": "smtp://127.0.0.1:9"}


@pytest.fixture
def played(order, settings):
    """Plays in the test's own database, and leaves nothing there."""
    settings.EMAIL_BACKEND = "config.rehearsal.recording.EmailBackend"

    def play(**changes) -> Report:
        with transaction.atomic():
            report = rehearsed({**order, **changes}, io.StringIO())
            transaction.set_rollback(True)
        return report

    return play


def test_the_same_seed_plays_the_same_campaign_and_all_holds(played):
    first, second = played(), played()
    assert first.timeline == second.timeline
    assert (first.funnel, first.seats) == (second.funnel, second.seats)
    assert [row for row in first.invariants if not row.holds] == []
    assert {step.action for step in first.timeline} >= {"submit", "check", "decide", "confirm", "announce"}
    results = [step for step in first.timeline if step.title == "Results of the file review"]
    assert [f"{step.at:%m-%d %H:%M}" for step in results] == ["04-04 10:00"]


def test_a_draft_is_rehearsed_as_it_will_be_lived(played, order):
    draft = order["document"] | {"campaign": order["document"]["campaign"] | {"state": "draft"}}
    report = played(document=draft)
    assert report.timeline == played().timeline


def test_whom_an_eliminatory_mark_rejects_is_answered(played):
    """R-SEL-5: the mark proposes, the jury records."""
    report = played(document=invented_document().model_dump(mode="json", by_alias=True), candidates=40, seed="5")
    assert [row for row in report.invariants if not row.holds] == []


def test_another_seed_plays_other_people(played):
    assert played(candidates=2).timeline != played(candidates=2, seed="2").timeline


def test_places_that_are_left_have_their_supplementary_list(played):
    """R-JOB-6, as 2024 says it: drawn up seven days before, left three months after."""
    report = played(document=ales_2024_document().model_dump(mode="json", by_alias=True), candidates=30, seed="2")

    days = {step.action: f"{step.at:%m-%d}" for step in report.timeline if step.action in {"list", "leave"}}
    assert days == {"list": "08-26", "leave": "12-03"}


def test_something_broken_ends_with_code_1(order, monkeypatch):
    """Only the scratch process is replaced: it tells of a pool that held too many."""
    broken = {
        "campaign": "ales-2022", "candidates": 1, "seed": "1", "timeline": [], "funnel": [],
        "seats": [{"pool": "bat-2", "capacity": 1, "held": 2, "queued": 0, "left": -1}],
        "invariants": [{"key": "no_seat_oversold", "title": "Oversold", "holds": False, "detail": "bat-2: 2 of 1"}],
    }  # fmt: skip
    monkeypatch.setattr("config.management.commands.rehearse.rehearse", lambda _: broken)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("rehearse", "ales-2022", candidates=1, stdout=out)
    assert ended.value.code == 1
    assert "✗ Oversold: bat-2: 2 of 1" in out.getvalue()


@pytest.mark.parametrize("document", [ales_2024_document, albi_2021_document, invented_document])
def test_every_campaign_runs_from_its_file_alone(played, document):
    """Nothing in the play is written for one notice."""
    report = played(document=document().model_dump(mode="json", by_alias=True), candidates=16)

    assert report.campaign == document().campaign.slug
    assert [row.key for row in report.invariants if not row.holds] == []
    assert {row.title.split(":")[0] for row in report.timeline} >= {"Hours set or booked", "Tests"}
