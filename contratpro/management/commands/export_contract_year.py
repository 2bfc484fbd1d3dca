from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.datafile.writing import to_yaml
from contratpro.models import ContractYear
from contratpro.year.selectors import year_by_slug, year_now


class Command(BaseCommand):
    help = "Write a year of contrat pro as a file on stdout; loading that file gives the same year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")

    def handle(self, *_args: Any, slug: str, **_options: Any) -> None:
        year = year_by_slug(slug)
        if year is None:
            known = ", ".join(ContractYear.objects.values_list("slug", flat=True))
            raise CommandError(
                f"no year of contrat pro has the slug {slug!r} (known: {known or 'none is loaded'})"
            )
        self.stdout.write(to_yaml(year_now(year)), ending="")
