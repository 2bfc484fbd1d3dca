from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from campaigns.document.diplomas import read_diplomas
from campaigns.editing.services.loading import load_diplomas
from campaigns.management.files import DIPLOMAS
from common.datafile.files import read_text, refuse
from common.journal import SYSTEM


class Command(BaseCommand):
    help = "Load the nomenclature of diplomas. Loading it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=DIPLOMAS)
        parser.add_argument(
            "--missing", action="store_true", help="only those that are not there yet"
        )

    def handle(self, *_args: Any, file: Path, missing: bool, **_options: Any) -> None:
        rows, mistakes = read_diplomas(read_text(file, self.stderr.write))
        if mistakes:
            refuse(file, mistakes, self.stderr.write)
        changed = load_diplomas(
            diplomas=rows, actor=SYSTEM, now=timezone.now(), missing_only=missing
        )
        self.stdout.write(f"{len(rows)} diplomas, {changed} changed")
