"""What machines ask: is the process alive, and is the whole able to serve?"""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.jobs import TICK
from common.models import Job, Pulse
from common.states import JobState
from notifications.models import Notification
from notifications.states import MessageState

TICK_IS_LATE = timedelta(minutes=3)


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Ready when the database answers and the calendar ticks; how long work has waited is told besides."""
    now = timezone.now()
    try:
        report = {
            "database": "ok",
            "seconds_since_tick": _seconds_since(_last_tick(), now),
            "oldest_job_seconds": _seconds_since(_oldest_due_job(now), now),
            "oldest_message_seconds": _seconds_since(_oldest_due_message(now), now),
        }
    except DatabaseError:
        return JsonResponse(
            {"status": "not ready", "database": "out of reach"},
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
    since_tick = report["seconds_since_tick"]
    ready = isinstance(since_tick, int) and since_tick <= TICK_IS_LATE.total_seconds()
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": "ok" if ready else "not ready", **report}, status=status)


def _last_tick() -> datetime | None:
    return Pulse.objects.filter(name=TICK).values_list("at", flat=True).first()


def _oldest_due_job(now: datetime) -> datetime | None:
    due = Job.objects.filter(state=JobState.READY, run_at__lte=now)
    return due.order_by("run_at").values_list("run_at", flat=True).first()


def _oldest_due_message(now: datetime) -> datetime | None:
    due = Notification.objects.filter(state=MessageState.QUEUED, due_at__lte=now)
    return due.order_by("due_at").values_list("due_at", flat=True).first()


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else int((now - moment).total_seconds())
