from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns.wording import SENTENCES  # noqa: PLC0415  (translations are not loaded when this file is)
        from common import wording  # noqa: PLC0415

        wording.register(SENTENCES)
