from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContratproConfig(AppConfig):
    name = "contratpro"
    verbose_name = _("Contrat pro")

    def ready(self) -> None:
        from common import refusals
        from contratpro.refusals import SENTENCES

        refusals.register(SENTENCES)
