from django.apps import AppConfig

from common import wording
from notifications.wording import SENTENCES


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from common.services import jobs  # noqa: PLC0415  (models are not loaded when this file is)
        from notifications.account_mails import register_account_kinds  # noqa: PLC0415
        from notifications.services import delivery  # noqa: PLC0415

        wording.register(SENTENCES)
        register_account_kinds()
        jobs.register_sweep("notifications", delivery.sweep)
