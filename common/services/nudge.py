"""Tell a worker that something may be due. Losing a nudge loses nothing: the tick sweeps."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(task: str, *args: object) -> None:
    """Send `task` to a worker once the current transaction is committed; what was committed stands, sent or not."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: str, args: tuple[object, ...]) -> None:
    try:
        current_app.send_task(task, args)
    except (OperationalError, OSError):
        logger.warning("broker out of reach, the next tick will do %s", task)
