"""200 approvals at once for 22 places, some given back or opened meanwhile: never one too many, nobody overtakes."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT

pytestmark = pytest.mark.race
PROCESSES, CONNECTIONS = 8, 50
FEWER = 20  # two of these tests may run at once, and a server takes 100 connections unless told otherwise
OPENED = {
    "places": list(range(1, 31)),
    "with two": 0,
    "most above the places": 0,
    "queue kept in order": True,
}
RIVALS = {"projects": {"approved": 50, "replaced": 50}, "seats per dossier": {"1": 50}}
PROVEN = {
    "places": list(range(1, 23)),
    "released": 40,
    "seats": 200,
    "with two": 0,
    "most above the places": 0,
    "queue kept in order": True,
}


@pytest.fixture
def rig(tmp_path):
    def start(database, *words):
        installation = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": database,
        }
        program = [sys.executable, "-m", "tests", "apprenticeship.rig", *map(str, words)]
        return subprocess.Popen(
            program, cwd=ROOT, env=os.environ | installation, stdout=subprocess.PIPE, text=True
        )

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

    result(rig(postgresql, "together", "approve", CONNECTIONS))

    assert result(rig(postgresql, "look")) == PROVEN


def test_places_opened_meanwhile_on_postgresql(rig, postgresql):
    """R-PLA-4: never below what is taken, and those who wait get the places opened."""
    result(rig(postgresql, "prepare"))

    result(rig(postgresql, "together", "open", FEWER))

    assert OPENED.items() <= result(rig(postgresql, "look")).items()


def test_two_projects_of_a_dossier_on_postgresql(rig, postgresql):
    """R-JOB-3, R-PLA-5: one place for a dossier, whichever project is approved last."""
    result(rig(postgresql, "prepare-rivals"))

    result(rig(postgresql, "together", "rivals", FEWER))

    assert result(rig(postgresql, "look-at-rivals")) == RIVALS
