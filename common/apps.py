from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from common import wording
        from common.sentences import SENTENCES
        from common.services import files, jobs

        wording.register(SENTENCES)
        jobs.register_handler("common.purge_unfinished", files.purge_unfinished)
        jobs.register_sweep("files", files.sweep)
