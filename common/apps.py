from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from common import wording  # noqa: PLC0415  (models are not loaded when this file is)
        from common.sentences import SENTENCES  # noqa: PLC0415
        from common.services import files, jobs  # noqa: PLC0415

        wording.register(SENTENCES)
        jobs.register_handler("common.purge_unfinished", files.purge_unfinished)
        jobs.register_sweep("files", files.sweep)
