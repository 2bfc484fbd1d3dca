from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from campaigns.document.checks import read
from campaigns.document.diplomas import read_diplomas
from campaigns.management.files import DIPLOMAS, read_text, refuse
from campaigns.models import Diploma
from campaigns.services import load_campaign
from common.actors import SYSTEM
from common.errors import DomainError
from common.wording import say


class Command(BaseCommand):
    help = "Check a campaign file and load it. Loading the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only check")

    def handle(self, *_args: Any, file: Path, check: bool, **_options: Any) -> None:
        text = read_text(file, self.stderr)
        ours, _ = read_diplomas(DIPLOMAS.read_text("utf-8"))
        known = set(Diploma.objects.values_list("code", flat=True)) | {row.code for row in ours}
        document, mistakes = read(text, known)
        if document is None:
            refuse(file, mistakes, self.stderr)
        if check:
            self.stdout.write(f"{file}: good")
            return
        try:
            loaded = load_campaign(document=document, diplomas=ours, actor=SYSTEM, now=timezone.now(), reason=file.name)
        except DomainError as error:
            with translation.override("en"):
                refuse(file, [(1, say(refusal)) for refusal in error.refusals], self.stderr)
        outcome = f"version {loaded.version.number}" if loaded.changed else "nothing changed"
        self.stdout.write(f"{document.campaign.slug}: {outcome}")
