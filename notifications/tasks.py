from celery import shared_task
from django.utils import timezone

from notifications.delivery import services as delivery
from notifications.queue import DELIVER


@shared_task(name=DELIVER)
def deliver() -> None:
    delivery.deliver(clock=timezone.now)
