"""What a dossier says by now, as the page of a correction showed it: another one may have come first."""

from collections.abc import Sequence
from typing import Any

from admissions.dossier.rules import TITLE_FIELDS
from admissions.dossier.selectors.read_model import Dossier, ProgrammeRow
from admissions.models import Title
from common.drafts.rules import fingerprint


def title_said(row: Title) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in TITLE_FIELDS if name != "diploma"}
    return said | {"diploma": row.diploma_id}


def programmes_submitted(dossier: Dossier) -> Sequence[ProgrammeRow]:
    """Without what its candidate has added since."""
    return [row for row in dossier.chosen if row not in dossier.added]


def seen_of_programmes(dossier: Dossier) -> str:
    return fingerprint({"programmes": sorted(row.code for row in programmes_submitted(dossier))})
