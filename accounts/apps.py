from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.refusals import SENTENCES
from common import refusals


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts and roles")

    def ready(self) -> None:
        refusals.register(SENTENCES)
