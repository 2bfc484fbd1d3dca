"""The whole product, started as `make run` starts it, in a folder and on a port of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from config.environment import ROOT
from tests.databases import own_broker, own_database, server
from tests.smtp import free_port

PATIENCE = 60
PREPARE = ["prepare"]
DEMONSTRATION = [["load_campaign", "fixtures/campaigns/ales-2022.yaml"], ["make_demo"]]


@contextmanager
def made(folder: Path, prepared: Path, *, broker: int) -> "Iterator[Product]":
    """Ready to be served; on PostgreSQL and Redis, with a database and a broker of its own, when these are given."""
    product = Product(folder)
    product.given |= own_broker(broker)
    with own_database() if server() else nullcontext() as url:
        product.given |= {"DATABASE_URL": url} if url else {}
        product.build(prepared, [PREPARE])
        product.start_from(prepared)
        if url:
            product.manage(*PREPARE)
        yield product


class Product:
    """The demonstration, served: web, worker, calendar, and the page on which its mail lands."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.given = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "VAR_DIR": str(folder / "var"),
            "PORT": str(self.port),
            "DEMO": "1",
        }

    def build(self, shared: Path, commands: list[list[str]], *, base: Path | None = None) -> None:
        """Have `shared` hold what these commands make, embedded, in a copy of `base`; once for all products."""
        with shared.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if shared.exists():
                return
            part = shared.with_suffix(".part")
            if base:
                shutil.copytree(base, part)
            apart = {"VAR_DIR": str(part), "DATABASE_URL": "", "REDIS_URL": ""}
            for words in commands:
                self._run([sys.executable, "manage.py", *words], **apart)
            part.rename(shared)

    def start_from(self, shared: Path) -> None:
        shutil.copytree(shared, self.given["VAR_DIR"])

    def told(self, module: str, *words: str) -> str:
        """The last line that a module of the tests prints, run inside the product's own settings."""
        command = [sys.executable, "-m", "tests", module, *words]
        ended = subprocess.run(
            command, cwd=ROOT, env=self.given, check=True, capture_output=True, text=True
        )
        return ended.stdout.splitlines()[-1]

    def manage(self, *words: str) -> None:
        self._run([sys.executable, "manage.py", *words])

    @contextmanager
    def serving(self):
        process = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=self.given)
        try:
            self._wait()
            yield self
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def _run(self, command: list[str], **changes: str) -> None:
        subprocess.run(command, cwd=ROOT, env=self.given | changes, check=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(f"nothing answers at {self.address}")
