from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.refusals import SENTENCES
from common import refusals
from common.secrets.rotation import register_store


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts and roles")

    def ready(self) -> None:
        from accounts.services import renew_second_factors

        refusals.register(SENTENCES)
        register_store("second factors", renew_second_factors)
