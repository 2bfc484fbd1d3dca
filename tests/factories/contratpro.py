"""Years of contrat pro, from the files of the product."""

from datetime import UTC, datetime
from functools import cache

from common.journal import SYSTEM
from config.environment import ROOT
from contratpro.models import ContractYear
from contratpro.year.document.checks import read
from contratpro.year.document.schema import YearDocument
from contratpro.year.services import load_contract_year

LOADED = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
ALES_2025 = ROOT / "fixtures" / "contratpro" / "ales-2025.yaml"


def ales_2025() -> ContractYear:
    """The year of Alès that begins in 2025: its first day, 1 September, is assumed."""
    return load(ales_2025_document())


def load(document: YearDocument) -> ContractYear:
    """The year of a document."""
    load_contract_year(document=document, actor=SYSTEM, now=LOADED)
    return ContractYear.objects.select_related("school", "current_version").get(
        slug=document.year.slug
    )


@cache
def ales_2025_document() -> YearDocument:
    """The file, read and checked once."""
    document, mistakes = read(ALES_2025.read_text("utf-8"))
    assert document, mistakes
    return document
