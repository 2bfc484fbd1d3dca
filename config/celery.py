import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("rentree")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def _look_at_once(**_: Any) -> None:
    """A worker that comes back does what was left behind without waiting for the next tick."""
    app.send_task("common.tick")
