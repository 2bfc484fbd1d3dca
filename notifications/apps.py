from django.apps import AppConfig

from common import refusals
from notifications.refusals import SENTENCES


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from common import jobs
        from notifications.account_mails import register_account_kinds
        from notifications.delivery.services import sweep

        refusals.register(SENTENCES)
        register_account_kinds()
        jobs.register_sweep("notifications", sweep)
