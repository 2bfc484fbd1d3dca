"""The same command from several connections at once is done once."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT

pytestmark = pytest.mark.race
ONCE = {
    "start": {"outcomes": {"done": 4}, "applications": 1, "people": 1},
    "submit": {
        "outcomes": {"done": 4},
        "submissions": 1,
        "charges": [2200, 7700],
        "receipts": 1,
        "recaps": 1,
    },
    "give": {"outcomes": {"done": 2, "too_many_files": 2}, "files": 2},
    "decide": {
        "outcomes": {"done": 2, "recorded_by_another": 2},
        "standing": 1,
        "versions": 1,
        "sittings": 0,
    },
    "book": {"outcomes": {"done": 2, "slot_is_full": 2}, "booked": 2},
    "claim": {"typed": ["not_your_dossier", "not_your_dossier"]},
    "address": {
        "begun_behind_typed": "dossier_awaits_its_claim",
        "begun_behind_moved": "dossier_awaits_its_claim",
        "moved_behind_typed": "address_has_dossier",
        "dossiers": 3,
    },
    "rectify": {"outcomes": {"done": 4}, "versions": 2, "messages": 2},
}


def race(act, database, folder):
    installation = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
    }
    program = [sys.executable, "-m", "tests", "admissions.rig", act]
    done = subprocess.run(
        program,
        cwd=ROOT,
        env=os.environ | installation,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("act", ONCE)
def test_once_on_sqlite(act, tmp_path, sqlite):
    """R-APP-1, R-APP-2"""
    assert race(act, sqlite, tmp_path) == ONCE[act]


@pytest.mark.parametrize("act", ONCE)
def test_once_on_postgresql(act, tmp_path, postgresql):
    """R-APP-1, R-APP-2"""
    assert race(act, postgresql, tmp_path) == ONCE[act]
