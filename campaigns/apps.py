from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns and diplomas")

    def ready(self) -> None:
        from campaigns.services.milestones import sweep  # noqa: PLC0415 - models must be loaded
        from campaigns.services.milestones.telling import KINDS  # noqa: PLC0415
        from campaigns.wording import SENTENCES, TO_STAFF  # noqa: PLC0415  (translations are not loaded when this file is)
        from common import wording  # noqa: PLC0415
        from common.services import jobs  # noqa: PLC0415
        from notifications.services import register_kind  # noqa: PLC0415

        wording.register(SENTENCES)
        wording.register_for_staff(TO_STAFF)
        jobs.register_sweep("campaigns", sweep)
        for kind in KINDS:
            register_kind(kind)
