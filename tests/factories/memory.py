"""What a factory made once, put back in later tests as rows.

A submitted dossier takes twenty services and a quarter of a second, for the same rows each time. A process keeps
them, by what they were made from, and writes them again in any test that starts from the same. Tests that commit
make their own.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

Key = tuple[Hashable, ...]
RANGE = 1_000_000  # the numbers of the rows of one memory, which no test reaches by itself
MADE_WITH_THE_DATABASE = {"django_content_type", "auth_permission", "django_site"}


@dataclass(frozen=True, slots=True)
class Memory:
    """`made` is the key of the row asked for; `rows` is all that was written with it, in the database's own form."""

    made: int
    rows: dict[type[Model], list[tuple[object, ...]] | bytes]


_memories: dict[Key, Memory] = {}


def remembered(key: Key, model: type[Model], make: Callable[[], int]) -> int:
    """The primary key of the row that `make` makes with all that belongs to it, put back if this process has them.

    A test that asks for several of the same gets the first, the second… that were ever made.
    """
    if not connection.in_atomic_block:
        return make()
    place = 0
    while memory := _memories.get((*key, str(settings.MEDIA_ROOT), place)):
        if not model._default_manager.filter(pk=memory.made).exists():
            for table, rows in memory.rows.items():
                _write(table, rows)
            return memory.made
        place += 1
    memory = _memories[*key, str(settings.MEDIA_ROOT), place] = _made(make)
    return memory.made


def _made(make: Callable[[], int]) -> Memory:
    _number_apart((len(_memories) + 1) * RANGE)
    before = {model: _keys(model) for model in _models()}
    made = make()
    rows = {model: _read(model, _keys(model) - before[model]) for model in _models()}
    return Memory(made, {model: found for model, found in rows.items() if found})


def _models() -> Iterable[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.db_table not in MADE_WITH_THE_DATABASE]


def _keys(model: type[Model]) -> set[object]:
    return set(model._base_manager.values_list("pk", flat=True))


def _number_apart(last: int) -> None:
    """SQLite counts anew in each test; PostgreSQL never gives a number twice."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
            numbered = [(model._meta.db_table, last) for model in _models()]
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", numbered)


def _columns(model: type[Model]) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.concrete_fields]


def _read(model: type[Model], keys: set[object]) -> list[tuple[object, ...]] | bytes:
    pk = model._meta.pk
    if not keys or pk is None:
        return []
    unread = (
        "+" if connection.vendor == "sqlite" else ""
    )  # as stored: SQLite's values are not made dates or booleans
    columns = ", ".join(f"{unread}{column}" for column in _columns(model))
    among = ", ".join(repr(key) for key in keys)
    query = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{pk.column}" IN ({among})'
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(query)
            return list(cursor.fetchall())
        with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            return b"".join(copy)


def _write(model: type[Model], rows: list[tuple[object, ...]] | bytes) -> None:
    into = f'"{model._meta.db_table}" ({", ".join(_columns(model))})'
    with connection.cursor() as cursor:
        if isinstance(rows, bytes):
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                copy.write(rows)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)
