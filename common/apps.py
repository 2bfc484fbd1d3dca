from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from common import jobs, refusals
        from common.files.services import purge_unfinished, sweep
        from common.refusals import SENTENCES

        refusals.register(SENTENCES)
        jobs.register_handler("common.purge_unfinished", purge_unfinished)
        jobs.register_sweep("files", sweep)
