"""Everything between an empty machine and a first answer. Repeated, it does what is missing and nothing else."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from campaigns.models import Campaign
from contratpro.models import ContractYear


class Command(BaseCommand):
    help = "Makes the tables, loads the nomenclature of diplomas and gathers the static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for option, what in (("--campaigns", "campaign"), ("--years", "year of contrat pro")):
            parser.add_argument(
                option,
                type=Path,
                metavar="FOLDER",
                help=f"also load each FOLDER/SLUG.yaml whose {what} is not there; one that is there is left as it is",
            )

    def handle(
        self, *_args: Any, campaigns: Path | None, years: Path | None, **_options: Any
    ) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        self._gather_static_files()
        call_command("load_diplomas", "--missing", stdout=self.stdout)
        if campaigns:
            self._load_missing(campaigns, "load_campaign", among=Campaign.objects.all())
        if years:
            self._load_missing(years, "load_contract_year", among=ContractYear.objects.all())

    def _load_missing(self, folder: Path, command: str, *, among: QuerySet[Any]) -> None:
        known = set(among.values_list("slug", flat=True))
        for file in sorted(folder.glob("*.yaml")):
            if file.stem not in known:
                call_command(command, str(file), stdout=self.stdout)

    def _gather_static_files(self) -> None:
        """Hashing and compressing takes seconds: only when a file changed."""
        found = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                found.update(
                    f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode()
                )
        stamp = Path(settings.STATIC_ROOT) / ".gathered"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != found.hexdigest():
            self.stdout.write("Gathering static files")
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(found.hexdigest(), encoding="utf-8")
