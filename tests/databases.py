"""Databases that a test's own processes work on: migrated once a session, then copied for each test."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from config.environment import ROOT


def server() -> str:
    """The PostgreSQL server that the tests were given, or nothing."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def own_broker(number: int) -> dict[str, str]:
    """A database of one's own on the Redis that the tests were given: two products would take each other's tasks."""
    url = os.environ.get("REDIS_URL", "")
    return {"REDIS_URL": urlsplit(url)._replace(path=f"/{number}").geturl()} if url else {}


@contextmanager
def own_database(template: str = "template1") -> Iterator[str]:
    """The address of a database of one's own on the server, dropped at the end."""
    name = f"rentree_{uuid4().hex[:12]}"
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield urlsplit(server())._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "rentree.sqlite3"
    _migrate(f"sqlite:///{path}", folder)
    return path


@pytest.fixture(scope="session")
def migrated_on_server(tmp_path_factory) -> Iterator[str]:
    if not server():
        pytest.skip("DATABASE_URL names no PostgreSQL server")
    with own_database() as url:
        _migrate(url, tmp_path_factory.mktemp("migrated"))
        yield urlsplit(url).path.strip("/")


@pytest.fixture
def sqlite(migrated_file, tmp_path) -> str:
    path = tmp_path / "rentree.sqlite3"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql(migrated_on_server) -> Iterator[str]:
    with own_database(migrated_on_server) as url:
        yield url


@pytest.fixture
def database(request) -> str:
    """On the server if the tests were given one, else in a file."""
    url: str = request.getfixturevalue("postgresql" if server() else "sqlite")
    return url


def _migrate(url: str, folder: Path) -> None:
    given = {"DATABASE_URL": url, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | given, check=True)
