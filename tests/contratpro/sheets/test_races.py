"""Several people at one contact sheet at the same moment: nothing is written over, sent or signed twice (R-PRO-8)."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT
from tests.contratpro.rig import AT_ONCE

pytestmark = pytest.mark.race


@pytest.fixture
def race(tmp_path, postgresql):
    def run(act):
        installation = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": postgresql,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests", "contratpro.rig", act],
            cwd=ROOT,
            env=os.environ | installation,
            check=True,
            capture_output=True,
            text=True,
            timeout=200,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_one_text_is_kept_and_the_others_are_shown_both_on_postgresql(race):
    assert race("save") == {"outcomes": {"done": 1, "quicker": AT_ONCE - 1}, "drafts": 1}


def test_sent_at_once_it_is_sent_once_on_postgresql(race):
    assert race("send") == {"outcomes": {"done": AT_ONCE}, "versions": 1, "mails": 1, "steps": 1}


def test_saved_and_sent_at_once_through_one_link_on_postgresql(race):
    """Whoever is quicker wins; the others read both texts, or that it was sent."""
    came = race("both")
    assert set(came.pop("others")) <= {"quicker", "sheet_is_sent"}
    assert came == {"done": 1, "kept": True, "versions": True}


def test_signed_by_two_people_at_once_it_is_signed_once_on_postgresql(race):
    """R-PRO-5 row 3': the other is told so, and student and head are told once."""
    half = AT_ONCE // 2
    assert race("sign") == {
        "outcomes": {"done": half, "sheet_signed_by_home_school": half},
        "signatures": 1,
        "mails": 2,
        "steps": 1,
    }
