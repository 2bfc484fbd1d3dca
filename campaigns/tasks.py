from celery import shared_task
from django.utils import timezone

from campaigns.calendar.services.engine import PERFORM, perform_run

LONGEST = 840  # seconds: many are told at once; still under the broker's visibility timeout


@shared_task(name=PERFORM, time_limit=LONGEST)
def perform(run_id: int) -> None:
    perform_run(run_id=run_id, now=timezone.now())
