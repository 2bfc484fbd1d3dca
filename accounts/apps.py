from django.apps import AppConfig

from accounts.wording import SENTENCES
from common import wording


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        wording.register(SENTENCES)
