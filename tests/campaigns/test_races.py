"""A date acts once, whatever the number of schedulers and whoever dies (R-CAL-2)."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT

ONCE = {"effects": 200, "state": "done", "counts": {"told": 200}, "finished": 1}


def play(act, database, folder):
    installation = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database,
    }
    program = [sys.executable, "-m", "tests", "campaigns.rig", act]
    done = subprocess.run(
        program,
        cwd=ROOT,
        env=os.environ | installation,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return found.pop("report"), found


@pytest.mark.race
def test_several_schedulers_at_once_on_sqlite(sqlite, tmp_path):
    report, found = play("race", sqlite, tmp_path)

    assert (sorted(report), found) == ([False, False, False, True], ONCE)


@pytest.mark.race
def test_several_schedulers_at_once_on_postgresql(postgresql, tmp_path):
    report, found = play("race", postgresql, tmp_path)

    assert (sorted(report), found) == ([False, False, False, True], ONCE)


def expect_once_after_a_death(report, found):
    assert report == {
        "died": {"signal": 9, "effects": 0, "state": "running"},
        "taken_over_before_the_lease": False,
        "taken_over": True,
        "again": False,
    }
    assert found == ONCE


@pytest.mark.chaos
def test_a_worker_killed_in_the_middle_on_sqlite(sqlite, tmp_path):
    expect_once_after_a_death(*play("killed", sqlite, tmp_path))


@pytest.mark.chaos
def test_a_worker_killed_in_the_middle_on_postgresql(postgresql, tmp_path):
    expect_once_after_a_death(*play("killed", postgresql, tmp_path))
