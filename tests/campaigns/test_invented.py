"""A campaign written from docs/campaign-file.md alone runs with no change of code: two schools, three stages."""

from datetime import datetime

import pytest

from campaigns.document.checks import read
from campaigns.document.schema import CampaignDocument
from campaigns.selectors.rows import document_of
from config.environment import ROOT
from tests.factories.admissions import PARIS
from tests.factories.campaigns import load, nomenclature

FILE = ROOT / "tests" / "campaigns" / "files" / "two-schools.yaml"
TEXT = FILE.read_text("utf-8")


def read_text(text: str = TEXT) -> tuple[CampaignDocument | None, list[tuple[int, str]]]:
    return read(text, {row.code for row in nomenclature()})


def document() -> CampaignDocument:
    found, mistakes = read_text()
    assert found, mistakes
    return found


def test_it_closes_at_noon():
    """R-CAL-1"""
    assert document().last_second == datetime(2031, 3, 14, 12, 0, tzinfo=PARIS)


@pytest.mark.django_db
def test_it_loads_and_its_rows_say_the_same():
    campaign = load(document())
    assert document_of(campaign) == document()
    assert {row.school.slug for row in campaign.programmes.all()} == {"ecole-du-rhone", "institut-des-alpes"}


def test_what_it_cannot_say_is_refused():
    """Two announcements that lead to one test for all: only one of them could call to it."""
    skips = '          "no": {kind: rejected, label: {fr: Dossier non retenu}}\n'
    text = TEXT.replace(skips, "          excused: {kind: next, to: oral, label: {fr: Dispense d’écrit}}\n" + skips)

    found, mistakes = read_text(text)

    [(line, said)] = mistakes
    assert found is None
    assert "excused" in text.splitlines()[line - 1]
    assert said == (
        "leads to test 'interview' of stage 'oral', which is called with 'written-results', expected 'shortlist'"
    )
