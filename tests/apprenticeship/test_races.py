"""200 approvals at once for 22 places, with seats given back meanwhile: never a 23rd, and nobody overtakes."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT

pytestmark = pytest.mark.race
PROCESSES, CONNECTIONS = 8, 50
PROVEN = {
    "places": list(range(1, 23)),
    "released": 40,
    "seats": 200,
    "with two": 0,
    "most at once": 22,
    "queue kept in order": True,
}


@pytest.fixture
def rig(tmp_path):
    def start(database, *words):
        installation = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path), "DATABASE_URL": database}
        program = [sys.executable, "-m", "tests.apprenticeship.rig", *map(str, words)]
        return subprocess.Popen(program, cwd=ROOT, env=os.environ | installation, stdout=subprocess.PIPE, text=True)

    return start


def result(process):
    out, _ = process.communicate(timeout=400)
    assert process.returncode == 0
    return json.loads(out.splitlines()[-1])


def test_never_a_place_too_many_on_sqlite(rig, sqlite):
    """R-JOB-3, R-PLA-5"""
    result(rig(sqlite, "prepare"))

    for worker in [rig(sqlite, "approve", number, PROCESSES) for number in range(PROCESSES)]:
        result(worker)

    assert result(rig(sqlite, "look")) == PROVEN


def test_never_a_place_too_many_on_postgresql(rig, postgresql):
    """R-JOB-3, R-PLA-5"""
    result(rig(postgresql, "prepare"))

    result(rig(postgresql, "together", CONNECTIONS))

    assert result(rig(postgresql, "look")) == PROVEN
