from django.apps import AppConfig

from common import refusals
from notifications.refusals import SENTENCES


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from common import jobs
        from notifications import account_mails
        from notifications.delivery.services import sweep
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        register_mails(account_mails)
        jobs.register_sweep("notifications", sweep)
