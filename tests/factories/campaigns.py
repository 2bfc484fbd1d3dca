"""Campaigns, from the files of the product."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from accounts.models import School
from campaigns.document.checks import read
from campaigns.document.diplomas import DiplomaRow, read_diplomas
from campaigns.document.schema import CampaignDocument
from campaigns.document.shift import shift
from campaigns.editing.services.loading import load_campaign, load_diplomas
from campaigns.models import Campaign, Diploma
from common.journal import SYSTEM
from config.environment import ROOT
from tests.factories.memory import remembered

LOADED = datetime(2022, 1, 15, 9, 0, tzinfo=UTC)
FIXTURES = ROOT / "fixtures"
ALES_2022 = FIXTURES / "campaigns" / "ales-2022.yaml"
ALES_2024 = FIXTURES / "campaigns" / "ales-2024.yaml"
ALBI_2021 = FIXTURES / "campaigns" / "albi-2021.yaml"


def ales_2022() -> Campaign:
    """The notice of Alès for 2022, published: open from 1 February to 8 March 2022."""
    return load(ales_2022_document())


def open_campaign(*, on: date, slug: str = "ales-open") -> Campaign:
    """The notice of 2022 moved by whole weeks, so that it opens in the fortnight before `on`."""
    weeks = (on - date(2022, 2, 1)).days // 7 - 1
    suffix = {"fr": "(essai)", "en": "(trial)"}
    return load(shift(ales_2022_document(), weeks=weeks, slug=slug, suffix=suffix))


def load(document: CampaignDocument) -> Campaign:
    """The campaign of a document, with the nomenclature."""
    load_nomenclature()
    slug = document.campaign.slug
    schools = tuple(School.objects.filter(slug__in=document.schools).order_by("pk").values_list())
    key = (
        "campaign",
        document.model_dump_json(),
        schools,
        Diploma.objects.order_by("pk").values_list("pk")[0],
    )
    campaigns = Campaign.objects.select_related("organiser", "current_version")
    if campaigns.filter(slug=slug).exists():
        load_campaign(document=document, actor=SYSTEM, now=LOADED)
        return campaigns.get(slug=slug)
    return campaigns.get(pk=remembered(key, Campaign, lambda: _loaded(document)))


def _loaded(document: CampaignDocument) -> int:
    load_campaign(document=document, actor=SYSTEM, now=LOADED)
    return Campaign.objects.get(slug=document.campaign.slug).pk


def load_nomenclature() -> None:
    if Diploma.objects.exists():
        load_diplomas(diplomas=nomenclature(), actor=SYSTEM, now=LOADED)
    else:
        remembered(("diplomas",), Diploma, _first_diploma)


def _first_diploma() -> int:
    load_diplomas(diplomas=nomenclature(), actor=SYSTEM, now=LOADED)
    return Diploma.objects.order_by("pk")[0].pk


@cache
def nomenclature() -> tuple[DiplomaRow, ...]:
    rows, mistakes = read_diplomas((FIXTURES / "diplomas.yaml").read_text("utf-8"))
    assert not mistakes, mistakes
    return rows


def ales_2022_document() -> CampaignDocument:
    return document_of(ALES_2022)


def ales_2024_document() -> CampaignDocument:
    return document_of(ALES_2024)


def albi_2021_document() -> CampaignDocument:
    return document_of(ALBI_2021)


@cache
def document_of(path: Path) -> CampaignDocument:
    """The file, read and checked once."""
    document, mistakes = read(path.read_text("utf-8"), {row.code for row in nomenclature()})
    assert document, mistakes
    return document
