from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns and diplomas")

    def ready(self) -> None:
        from campaigns.calendar import mails
        from campaigns.calendar.services.engine import sweep
        from campaigns.refusals import SENTENCES, TO_STAFF
        from common import jobs, refusals
        from notifications.mails import register_mails

        refusals.register(SENTENCES)
        refusals.register_for_staff(TO_STAFF)
        jobs.register_sweep("campaigns", sweep)
        register_mails(mails)
