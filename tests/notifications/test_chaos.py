"""No message is lost, whatever dies; none is sent by two deliverers at once."""

import json
import os
import subprocess
import sys

import pytest

from config.environment import ROOT
from tests.smtp import free_port

MESSAGES = int(os.environ.get("CHAOS_MESSAGES", "300"))
DECISIONS = int(os.environ.get("CHAOS_DECISIONS", "150"))
KILLS = int(os.environ.get("CHAOS_KILLS", "3"))


@pytest.fixture
def rig(tmp_path, database, capsys):
    """Runs an act of the rig in an installation of its own and gives its report."""
    installation = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "MAIL_FROM": "Rentrée <rentree@ecole.example>",
    }

    def run(act: str, messages: int, times: int) -> dict[str, int]:
        program = [
            sys.executable,
            "-m",
            "tests",
            "notifications.rig",
            act,
            str(messages),
            str(times),
        ]
        done = subprocess.run(
            program,
            cwd=ROOT,
            env=os.environ | installation,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=900,
        )
        report = json.loads(done.stdout.splitlines()[-1])
        with capsys.disabled():
            sys.stdout.write(f"\n{act}, {times} times: {report}\n")
        return report

    return run


def rolled_back(messages: int) -> int:
    """One submission in seven fails, the first included."""
    return -(-messages // 7)


@pytest.mark.chaos
def test_no_message_is_lost_when_workers_are_killed_and_the_broker_is_emptied(rig):
    report = rig("chaos", MESSAGES, KILLS)

    assert report["queued"] == MESSAGES - rolled_back(MESSAGES)
    assert report["lost"] == 0
    assert report["never_queued"] == 0
    assert (
        report["recipients_with_two_ids"] == 0
    )  # whoever gets a message twice gets it under one Message-ID
    assert report["parked"] == 0


@pytest.mark.chaos
def test_every_receipt_arrives_when_workers_are_killed_while_dossiers_are_submitted(rig):
    """R-APP-1"""
    dossiers = MESSAGES // 5
    report = rig("receipts", dossiers, KILLS)

    assert report["queued"] == report["delivered"] == dossiers
    assert (report["lost"], report["never_queued"], report["recipients_with_two_ids"]) == (0, 0, 0)


@pytest.mark.chaos
def test_every_decision_message_arrives_when_workers_are_killed_while_it_is_announced(rig):
    """R-CAL-2, R-SEL-3"""
    report = rig("decisions", DECISIONS, KILLS)

    assert report["announced"] == report["queued"] == report["delivered"] == DECISIONS
    assert (report["lost"], report["never_queued"], report["recipients_with_two_ids"]) == (0, 0, 0)
    assert report["parked"] == 0


@pytest.mark.race
def test_two_deliverers_at_once_send_each_message_once(rig):
    report = rig("race", 200, 2)

    assert report["queued"] == report["delivered"] == 171
    assert (report["lost"], report["doubled"], report["parked"]) == (0, 0, 0)
    assert report["lines"] == 2  # both had their share
