from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from common import refusals
        from companies.refusals import SENTENCES

        refusals.register(SENTENCES)
