import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from campaigns.management.files import FIXTURES
from campaigns.models import Campaign
from contratpro.models import ContractYear
from demonstration.accounts import ACCOUNTS, PASSWORD
from demonstration.contract_year import YEAR_SOURCE
from demonstration.making import is_made, make
from demonstration.scene import SOURCE

QUIET_FOR = 2  # seconds


class Command(BaseCommand):
    help = "Make the demonstration: an open campaign, invented people, one account per role. Needs DEMO=1."

    def handle(self, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("nothing invented is made outside the demonstration: set DEMO=1")
        if not is_made():
            self._make()
        with translation.override("en"):
            self._tell()

    def _make(self) -> None:
        if not Campaign.objects.filter(slug=SOURCE).exists():
            call_command(
                "load_campaign", FIXTURES / "campaigns" / f"{SOURCE}.yaml", stdout=self.stdout
            )
        if not ContractYear.objects.filter(slug=YEAR_SOURCE).exists():
            call_command(
                "load_contract_year",
                FIXTURES / "contratpro" / f"{YEAR_SOURCE}.yaml",
                stdout=self.stdout,
            )
        self.stdout.write("Making the demonstration, once")
        self._begun = time.monotonic()
        with translation.override(settings.LANGUAGE_CODE):
            make(now=timezone.now(), say=self._say)

    def _say(self, text: str) -> None:
        if time.monotonic() - self._begun > QUIET_FOR:
            self.stdout.write(f"  {text}")
            self.stdout.flush()

    def _tell(self) -> None:
        width = max(len(account.email) for account in ACCOUNTS)
        lines = [f"  {account.email:{width}}  {account.role}" for account in ACCOUNTS]
        self.stdout.write(
            "\n".join(
                ["", f"Rentrée: {settings.BASE_URL}", *lines, f"Password of all: {PASSWORD}", ""]
            )
        )
