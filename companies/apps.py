from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from common import refusals
        from companies.wording import SENTENCES

        refusals.register(SENTENCES)
