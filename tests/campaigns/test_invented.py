"""A campaign written from docs/campaign-file.md alone runs with no change of code: two schools, three stages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from campaigns.document.checks import read
from campaigns.document.schema import CampaignDocument
from campaigns.notice.rows import document_of
from config.environment import ROOT
from tests.factories.campaigns import load, nomenclature

FILE = ROOT / "tests" / "campaigns" / "files" / "salines-2034.yaml"
TEXT = FILE.read_text("utf-8")


def read_text(text: str = TEXT) -> tuple[CampaignDocument | None, list[tuple[int, str]]]:
    return read(text, {row.code for row in nomenclature()})


def document() -> CampaignDocument:
    found, mistakes = read_text()
    assert found, mistakes
    return found


def test_it_closes_at_noon_where_it_is():
    """R-CAL-1"""
    assert document().last_second == datetime(2034, 3, 3, 12, 0, tzinfo=ZoneInfo("Indian/Reunion"))


@pytest.mark.django_db
def test_it_loads_and_its_rows_say_the_same():
    campaign = load(document())
    assert document_of(campaign) == document()
    assert {row.school.slug for row in campaign.programmes.all()} == {
        "ecole-des-salines",
        "institut-des-volcans",
    }


def test_what_it_cannot_say_is_refused():
    """Two announcements that lead to one test for all: only one of them could call to it."""
    skips = "          ecarte:    {kind: rejected, label: {fr: Dossier écarté}}\n"
    text = TEXT.replace(
        skips,
        "          dispense:  {kind: next, to: oraux, label: {fr: Dispense d’écrits}}\n" + skips,
    )

    found, mistakes = read_text(text)

    [(line, said)] = mistakes
    assert found is None
    assert "dispense" in text.splitlines()[line - 1]
    assert said == (
        "leads to test 'entretien' of stage 'oraux', which is called with 'res-ecrits', expected 'res-dossier', "
        "or no other announcement that leads to a test for all"
    )
