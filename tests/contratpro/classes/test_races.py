"""Forty students sign at the same moment, while their teacher calls and countersigns: each is there once."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT

pytestmark = pytest.mark.race
CONNECTIONS, PROCESSES = 20, 4
PROVEN = {
    "rows": 40,
    "students": 40,
    "begun twice": 0,
    "unlike the journal": 0,
    "signed after the teacher": 0,
    "state": "countersigned",
}


@pytest.fixture
def rig(tmp_path):
    def start(database, *words):
        installation = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": database,
        }
        program = [sys.executable, "-m", "tests", "contratpro.classes.rig", *map(str, words)]
        return subprocess.Popen(
            program, cwd=ROOT, env=os.environ | installation, stdout=subprocess.PIPE, text=True
        )

    return start


def result(process):
    out, _ = process.communicate(timeout=400)
    assert process.returncode == 0
    return json.loads(out.splitlines()[-1])


def test_a_session_is_signed_once_by_each_on_postgresql(rig, postgresql):
    """R-PRO-11"""
    result(rig(postgresql, "prepare"))
    result(rig(postgresql, "together", CONNECTIONS))
    assert result(rig(postgresql, "look")) == PROVEN


def test_a_session_is_signed_once_by_each_on_sqlite(rig, sqlite):
    """R-PRO-11"""
    result(rig(sqlite, "prepare"))
    for worker in [rig(sqlite, "sign", number, PROCESSES) for number in range(PROCESSES)]:
        result(worker)
    assert result(rig(sqlite, "look")) == PROVEN
