from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from common import wording
        from companies.wording import SENTENCES

        wording.register(SENTENCES)
