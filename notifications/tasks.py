from celery import shared_task
from django.utils import timezone

from notifications.services import delivery
from notifications.services.outbox import DELIVER


@shared_task(name=DELIVER)
def deliver() -> None:
    delivery.deliver(clock=timezone.now)
