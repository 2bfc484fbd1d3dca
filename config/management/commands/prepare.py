"""Everything between an empty machine and a first answer. Repeated, it does what is missing and nothing else."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from campaigns.models import Campaign


class Command(BaseCommand):
    help = "Makes the tables, loads the nomenclature of diplomas and gathers the static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--campaigns",
            type=Path,
            metavar="FOLDER",
            help="also load each FOLDER/SLUG.yaml whose campaign is not there; one that is there is left as it is",
        )

    def handle(self, *_args: Any, campaigns: Path | None, **_options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        self._gather_static_files()
        call_command("load_diplomas", "--missing", stdout=self.stdout)
        if campaigns:
            known = set(Campaign.objects.values_list("slug", flat=True))
            for file in sorted(campaigns.glob("*.yaml")):
                if file.stem not in known:
                    call_command("load_campaign", str(file), stdout=self.stdout)

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
