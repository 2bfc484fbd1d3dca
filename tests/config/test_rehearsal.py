"""The command, on a scratch copy: the same each time, and nothing real is touched."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from admissions.models import Application
from campaigns.models import Campaign, Diploma
from common.models import JournalEntry
from config.management.commands.rehearse import copy_of
from config.rehearsal.scratch import environment
from notifications.models import Notification
from tests.factories.campaigns import ales_2022

CANDIDATES = 30


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
