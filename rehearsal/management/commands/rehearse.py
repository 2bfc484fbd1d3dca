import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.models import Campaign, Diploma
from rehearsal.report import Report, drawn
from rehearsal.stage import RehearsalFailedError, rehearse


class Command(BaseCommand):
    help = "Play a whole campaign, on a scratch copy, with invented candidates. Exit code 1 if something breaks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--candidates", type=int, required=True, metavar="N")
        parser.add_argument(
            "--seed", default="1", help="another one plays other people (default: 1)"
        )
        parser.add_argument("--json", action="store_true", help="one object on stdout")

    def handle(self, *_args: Any, slug: str, candidates: int, seed: str, **options: Any) -> None:
        if candidates < 1:
            raise CommandError("--candidates: expected 1 or more")
        order = {**copy_of(slug), "candidates": candidates, "seed": seed}
        try:
            report = Report.from_json(rehearse("campaign", order))
        except RehearsalFailedError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(drawn(report), ending="")
        if not report.holds:
            sys.exit(1)


def copy_of(slug: str) -> dict[str, Any]:
    """All that a rehearsal takes from the real data: the notice in force, and the nomenclature."""
    campaign = Campaign.objects.select_related("current_version").filter(slug=slug).first()
    if campaign is None or campaign.current_version is None:
        known = ", ".join(Campaign.objects.values_list("slug", flat=True)) or "none is loaded"
        raise CommandError(f"no campaign has the slug {slug!r} (known: {known})")
    return {
        "document": campaign.current_version.document,
        "diplomas": [_row(row) for row in _diplomas()],
    }


def _diplomas() -> list[Diploma]:
    return list(Diploma.objects.select_related("option_of").prefetch_related("replaces"))


def _row(diploma: Diploma) -> dict[str, Any]:
    days = {name: getattr(diploma, name) for name in ("valid_from", "valid_to")}
    return {
        "code": diploma.code,
        "kind": diploma.kind,
        "speciality": diploma.speciality,
        "option": diploma.option,
        "option_of": diploma.option_of.code if diploma.option_of else None,
        "title": diploma.title,
        "level": diploma.level,
        "ects": diploma.ects,
        "scientific": diploma.scientific,
        "replaces": [row.code for row in diploma.replaces.all()],
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }
