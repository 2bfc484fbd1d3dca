"""A place of its own for a rehearsal: another process, a folder that goes away, no server of the real ones."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from config.environment import ROOT, Environment

KEPT = {"SECRET_KEY"}  # no other variable of ours goes through
NOWHERE = "smtp://127.0.0.1:9"  # the discard port: nothing is sent, and this would be refused


class RehearsalFailedError(Exception):
    """The scratch process ended without a report."""


def rehearse(order: dict[str, Any]) -> dict[str, Any]:
    """Play `order` (a campaign's document, the nomenclature, how many, which seed) and return the report.

    What the process says goes to this one's stderr.
    """
    with tempfile.TemporaryDirectory(prefix="rentree-rehearsal-") as folder:
        ended = subprocess.run(
            [sys.executable, "-m", "config.rehearsal"],
            cwd=ROOT,
            env=environment(folder),
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if ended.returncode:
        raise RehearsalFailedError(f"the rehearsal ended with code {ended.returncode}")
    report: dict[str, Any] = json.loads(ended.stdout)
    return report


def environment(folder: str) -> dict[str, str]:
    """That of this process without what leads to real data: database, broker, mail, files."""
    ours = Environment.model_fields.keys() - KEPT
    outside = {name: value for name, value in os.environ.items() if name not in ours}
    return outside | {
        "VAR_DIR": folder,
        "EMAIL_URL": NOWHERE,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
