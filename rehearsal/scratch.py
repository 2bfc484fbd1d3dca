"""Inside the scratch process: an empty database, in which nothing is ever committed."""

import gc
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from notifications.delivery.services import deliver
from rehearsal.stage import RecordingBackend

Told = TypeVar("Told")


def on_scratch(play: Callable[[], Told]) -> Told:
    """Nothing of it is ever committed: no message can reach a broker, and there is nothing to undo."""
    database = Path(settings.DATABASES["default"]["NAME"])
    assert database.parent == settings.VAR_DIR, "a rehearsal has a database of its own"
    assert not database.exists(), "made for it"
    _make_tables()
    _make_room()
    settings.EMAIL_BACKEND = "rehearsal.stage.RecordingBackend"
    settings.PDF_ENGINE = "rehearsal.stage.print_some"
    with transaction.atomic():
        report = play()
        transaction.set_rollback(True)
    return report


def _make_tables() -> None:
    """From the models: there is no row to migrate. Those of `common` have a trigger, which a migration writes."""
    labels = {app.label for app in apps.get_app_configs()} - {"common"}
    settings.MIGRATION_MODULES = dict.fromkeys(labels)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def _make_room() -> None:
    """One long transaction: its pages stay in memory, and what is loaded for good is not looked through again."""
    with connection.cursor() as cursor:
        for pragma in ("cache_size=-400000", "temp_store=MEMORY", "synchronous=OFF"):
            cursor.execute(f"PRAGMA {pragma}")
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def send_due(at: datetime) -> int:
    RecordingBackend.clock = clock = partial(_stopped, at)
    deliver(clock=clock)
    return 0


def _stopped(at: datetime) -> datetime:
    return at
