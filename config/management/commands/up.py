"""Web, worker and calendar as one tree of processes that starts whole and stops whole."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 0.2
PATIENCE = 10  # seconds that a part has to stop by itself
LONGEST_PAUSE = 30  # seconds before a part that keeps dying is started again
CELERY = ["celery", "--app", "config", "--quiet"]
QUIET_AS_ROOT = "ignore:You're running the worker with superuser privileges"


def commands(port: int, web_workers: int) -> dict[str, list[str]]:
    """What each part runs, as modules of this Python."""
    web = ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn"]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", str(web_workers)]
    if settings.DEBUG:
        web.append("--reload")
    return {
        "web": web,
        "worker": [
            *CELERY,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "WARNING",
            "--without-gossip",
            "--without-mingle",
        ],
        "calendar": [
            *CELERY,
            "beat",
            "--loglevel",
            "WARNING",
            "--schedule",
            str(settings.VAR_DIR / "calendar"),
        ],
    }


def _die_with_parent() -> None:
    """In the child: a session of its own, so that Ctrl-C reaches the supervisor alone, and no life after it."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Part:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = 0
    deaths: int = 0
    start_again_at: float | None = None

    def start(self) -> None:
        self.start_again_at = None
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 -- fixed words, the port is a number
            [sys.executable, "-W", QUIET_AS_ROOT, "-m", *self.command],
            preexec_fn=_die_with_parent,  # noqa: PLW1509 -- the supervisor has one thread
        )

    def keep_alive(self) -> str | None:
        """Start again what died, after a pause that doubles. Says so when it notices the death."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self.start()
            return None
        if self.process.poll() is None:
            return None
        self.kill_rest()
        self.deaths = 1 if now - self.started > LONGEST_PAUSE else self.deaths + 1
        pause = min(2 ** (self.deaths - 1), LONGEST_PAUSE)
        self.start_again_at = now + pause
        return f"{self.name} ended ({self.process.returncode}), starting it again in {pause} s"

    def kill_rest(self) -> None:
        """The part's own children share its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Command(BaseCommand):
    help = "Serves Rentrée: web, worker and calendar, until Ctrl-C."
    stopping = False

    def handle(self, **_options: Any) -> None:
        port = settings.ENV.PORT
        _refuse_taken(port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        parts = [
            Part(name, command)
            for name, command in commands(port, settings.ENV.WEB_WORKERS).items()
        ]
        for part in parts:
            part.start()
        try:
            self._supervise(parts, port)
        finally:
            _stop_all(parts)

    def _stop(self, *_: Any) -> None:
        self.stopping = True

    def _supervise(self, parts: list[Part], port: int) -> None:
        announced = False
        while not self.stopping:
            time.sleep(LOOK_EVERY)
            for part in parts:
                if news := part.keep_alive():
                    self._say(news)
            if not announced and _answers(port):
                announced = True
                self._say(f"Rentrée answers at {settings.BASE_URL} (Ctrl-C stops it)")
        self._say("Stopping")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8123"
            ) from error


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop_all(parts: list[Part]) -> None:
    for part in parts:
        part.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for part in parts:
        with suppress(subprocess.TimeoutExpired):
            part.process.wait(max(0, deadline - time.monotonic()))
        part.kill_rest()
        part.process.wait()
