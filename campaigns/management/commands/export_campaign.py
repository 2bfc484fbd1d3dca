from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.models import Campaign
from campaigns.notice.rows import document_of
from common.datafile.writing import to_yaml


class Command(BaseCommand):
    help = "Write a campaign as a file on stdout; loading that file gives the same campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def handle(self, *_args: Any, slug: str, **_options: Any) -> None:
        campaign = Campaign.objects.filter(slug=slug).first()
        if campaign is None:
            known = ", ".join(Campaign.objects.values_list("slug", flat=True)) or "none is loaded"
            raise CommandError(f"no campaign has the slug {slug!r} (known: {known})")
        self.stdout.write(to_yaml(document_of(campaign)), ending="")
