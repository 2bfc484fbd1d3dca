import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contratpro.models import ContractYear
from rehearsal.stage import RehearsalFailedError, rehearse
from rehearsal.year.inventing import MOST
from rehearsal.year.report import YearReport, drawn_year


class Command(BaseCommand):
    help = "Play a whole year of contrat pro, on a scratch copy, with invented students. Code 1 if something breaks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--students", type=int, required=True, metavar="N")
        parser.add_argument(
            "--seed", default="1", help="another one plays other people (default: 1)"
        )
        parser.add_argument("--json", action="store_true", help="one object on stdout")

    def handle(self, *_args: Any, slug: str, students: int, seed: str, **options: Any) -> None:
        if not 1 <= students <= MOST:
            raise CommandError(f"--students: expected 1 to {MOST}")
        order = {**copy_of_year(slug), "students": students, "seed": seed}
        try:
            report = YearReport.from_json(rehearse("year", order))
        except RehearsalFailedError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(drawn_year(report), ending="")
        if not report.holds:
            sys.exit(1)


def copy_of_year(slug: str) -> dict[str, Any]:
    """All that a rehearsal takes from the real data: what the year says now."""
    year = ContractYear.objects.select_related("current_version").filter(slug=slug).first()
    if year is None or year.current_version is None:
        known = ", ".join(ContractYear.objects.values_list("slug", flat=True)) or "none is loaded"
        raise CommandError(f"no year of contrat pro has the slug {slug!r} (known: {known})")
    return {"document": year.current_version.document}
