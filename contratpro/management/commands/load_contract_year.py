from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from common.datafile.files import read_text, refuse
from common.datafile.reading import parse
from common.journal import SYSTEM
from common.refusals import DomainError, say
from contratpro.year.document.checks import read
from contratpro.year.selectors import year_by_slug
from contratpro.year.services import load_contract_year, require_same_beginning

SLUG = ("year", "slug")  # what a refusal is about: the only one that there is speaks of it


class Command(BaseCommand):
    help = "Check a file of a year of contrat pro and load it. Loading the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only check")

    def handle(self, *_args: Any, file: Path, check: bool, **_options: Any) -> None:
        text = read_text(file, self.stderr.write)
        document, mistakes = read(text)
        if document is None:
            refuse(file, mistakes, self.stderr.write)
        try:
            if check:
                require_same_beginning(year_by_slug(document.year.slug), document)
                self.stdout.write(f"{file}: good")
                return
            loaded = load_contract_year(
                document=document, actor=SYSTEM, now=timezone.now(), reason=file.name
            )
        except DomainError as error:
            line = parse(text).line(SLUG)
            with translation.override("en"):
                refuse(file, [(line, say(told)) for told in error.refusals], self.stderr.write)
        outcome = f"version {loaded.version.number}" if loaded.changed else "nothing changed"
        self.stdout.write(f"{document.year.slug}: {outcome}")
