from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from campaigns.document.checks import read
from campaigns.document.diplomas import read_diplomas
from campaigns.editing.services.loading import load_campaign, require_same_session
from campaigns.management.files import DIPLOMAS
from campaigns.models import Campaign, Diploma
from common.datafile.files import read_text, refuse
from common.datafile.reading import parse
from common.journal import SYSTEM
from common.refusals import DomainError, say

AT = {
    "slug_is_of_another_session": ("campaign", "slug")
}  # refusals that have a line; the others are of the whole


class Command(BaseCommand):
    help = "Check a campaign file and load it. Loading the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only check")

    def handle(self, *_args: Any, file: Path, check: bool, **_options: Any) -> None:
        text = read_text(file, self.stderr.write)
        ours, _ = read_diplomas(DIPLOMAS.read_text("utf-8"))
        known = set(Diploma.objects.values_list("code", flat=True)) | {row.code for row in ours}
        document, mistakes = read(text, known)
        if document is None:
            refuse(file, mistakes, self.stderr.write)
        try:
            if check:
                require_same_session(
                    Campaign.objects.filter(slug=document.campaign.slug).first(), document
                )
                self.stdout.write(f"{file}: good")
                return
            loaded = load_campaign(
                document=document, diplomas=ours, actor=SYSTEM, now=timezone.now(), reason=file.name
            )
        except DomainError as error:
            where = parse(text).line
            with translation.override("en"):
                refuse(
                    file,
                    [(where(AT.get(told.code, ())), say(told)) for told in error.refusals],
                    self.stderr.write,
                )
        outcome = f"version {loaded.version.number}" if loaded.changed else "nothing changed"
        self.stdout.write(f"{document.campaign.slug}: {outcome}")
