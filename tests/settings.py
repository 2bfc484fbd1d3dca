"""The product's settings in a folder of their own, heedless of the variables of whoever runs the tests."""

import atexit
import os
import runpy
import shutil
import tempfile
from pathlib import Path

from config.environment import ROOT, Environment

GIVEN = {"DATABASE_URL", "REDIS_URL"}  # the same suite runs on the servers that these name
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

if (
    os.environ.get("RENTREE_TESTS") != WORKER
):  # a process started by a test keeps what the test gave it
    for name in Environment.model_fields.keys() - GIVEN:
        os.environ.pop(name, None)
    folder = tempfile.mkdtemp(prefix="rentree-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"RENTREE_TESTS": WORKER, "VAR_DIR": folder, "SECRET_KEY": "only for tests, " * 4}
    Path(folder, "static").mkdir()  # WhiteNoise warns when it is missing
    runpy.run_path(str(ROOT / "tools" / "compile_po.py"))

from config.settings import *  # noqa: E402, F403
from config.settings import CACHES, MIDDLEWARE, STORAGES, TEMPLATES  # noqa: E402
from tests.guards import UndefinedVariable  # noqa: E402

MIDDLEWARE = ["tests.guards.reading_writes_nothing", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
CACHES = {"default": CACHES["default"] | {"KEY_PREFIX": WORKER}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
