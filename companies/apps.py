from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"

    def ready(self) -> None:
        from common import wording  # noqa: PLC0415 - models must be loaded
        from companies.wording import SENTENCES  # noqa: PLC0415

        wording.register(SENTENCES)
