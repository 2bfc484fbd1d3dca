"""Databases of the tests: migrated once for each state of the migrations, then copied.

The copies are the test database of each process, and those that a test's own processes work on.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

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
    with psycopg.connect(server(), autocommit=True) as session:
        session.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield _beside(name)
        finally:
            session.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_file(request) -> Path:
    """Kept from one session to the next, beside what pytest keeps."""
    folder = request.config.cache.mkdir("migrated")
    path = folder / f"{_state_of_migrations()}.sqlite3"
    with _alone(folder):
        if not path.exists():
            shutil.rmtree(folder)
            folder.mkdir()
            part = folder / "part"
            _migrate(f"sqlite:///{part}")
            part.rename(path)
    return path


@pytest.fixture(scope="session")
def migrated_on_server(request) -> str:
    """A database that is only copied. It stays on the server for the next session, as pytest's cache does."""
    if not server():
        pytest.skip("DATABASE_URL names no PostgreSQL server")
    name = f"template_{urlsplit(server()).path.strip('/')}"
    state = _state_of_migrations()
    with (
        _alone(request.config.cache.mkdir("migrated")),
        psycopg.connect(server(), autocommit=True) as session,
    ):
        known = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if session.execute(known, [name]).fetchone() != (state,):
            session.execute(f'DROP DATABASE IF EXISTS "{name}"')
            session.execute(f'CREATE DATABASE "{name}"')
            _migrate(_beside(name))
            session.execute(f"COMMENT ON DATABASE \"{name}\" IS '{state}'")
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, request
) -> Iterator[None]:
    """pytest-django's hook: what it then makes as the test database starts as a copy, and lacks no migration."""
    if server():
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("migrated_on_server")
        yield
        return
    in_memory = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(in_memory, uri=True)) as kept:
        with closing(sqlite3.connect(request.getfixturevalue("migrated_file"))) as migrated:
            migrated.backup(kept)
        yield


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What the fixtures of a module make once for all its tests, each of which takes its own changes back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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


@cache
def _state_of_migrations() -> str:
    """What all of them say, ours and those of the libraries."""
    folders = [Path(app.path, "migrations") for app in apps.get_app_configs()]
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _migrate(url: str) -> None:
    given = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | given, check=True)


def _beside(name: str) -> str:
    """The address of another database of the server."""
    return urlsplit(server())._replace(path=f"/{name}").geturl()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time: the first makes what the others find."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
