"""Campaigns, from the files of the product."""

from datetime import UTC, datetime
from functools import cache

from campaigns.document.checks import read
from campaigns.document.diplomas import DiplomaRow, read_diplomas
from campaigns.document.schema import CampaignDocument
from campaigns.models import Campaign
from campaigns.services import load_campaign, load_diplomas
from common.actors import SYSTEM
from config.environment import ROOT

LOADED = datetime(2022, 1, 15, 9, 0, tzinfo=UTC)
FIXTURES = ROOT / "fixtures"


def ales_2022() -> Campaign:
    """The notice of Alès for 2022, published."""
    load_diplomas(diplomas=_nomenclature(), actor=SYSTEM, now=LOADED)
    document = _document("ales-2022")
    load_campaign(document=document, actor=SYSTEM, now=LOADED)
    return Campaign.objects.select_related("organiser", "current_version").get(slug=document.campaign.slug)


@cache
def _nomenclature() -> tuple[DiplomaRow, ...]:
    return read_diplomas((FIXTURES / "diplomas.yaml").read_text("utf-8"))[0]


@cache
def _document(slug: str) -> CampaignDocument:
    known = {row.code for row in _nomenclature()}
    document, mistakes = read((FIXTURES / "campaigns" / f"{slug}.yaml").read_text("utf-8"), known)
    assert document, mistakes
    return document
