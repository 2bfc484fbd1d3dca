from celery import shared_task
from django.utils import timezone

from common import jobs


@shared_task(name="common.run_job")
def run_job(key: str) -> None:
    jobs.run(key=key, now=timezone.now())


@shared_task(name="common.tick")
def tick() -> None:
    jobs.sweep(timezone.now())
