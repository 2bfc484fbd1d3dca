from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns and diplomas")

    def ready(self) -> None:
        from campaigns.wording import SENTENCES  # noqa: PLC0415  (translations are not loaded when this file is)
        from common import wording  # noqa: PLC0415

        wording.register(SENTENCES)
