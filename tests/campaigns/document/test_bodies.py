"""Who decides, in the notice's own words (R-SEL-12)."""

from campaigns.document.schema import CampaignDocument
from campaigns.document.values import JURY, either
from tests.factories.campaigns import (
    albi_2021_document,
    ales_2022_document,
    ales_2024_document,
)


def test_albi_has_a_commission_at_each_stage_and_one_for_titles():
    """R-SEL-12, R-ELI-4"""
    document = albi_2021_document()
    assert document.body_of("albi", "file")["fr"] == "la commission d’admissibilité"
    assert document.body_of("albi", "tests")["en"] == "the academic admission commission"
    assert document.judged_by(["SIMMA-APP"])["fr"] == "la commission d’admission"
    assert document.studied_by()["fr"] == "la commission d’admissibilité"


def test_ales_has_its_recruitment_jury_everywhere():
    """R-SEL-12"""
    for document in (ales_2022_document(), ales_2024_document()):
        said = {
            document.body_of(key, stage)["fr"]
            for key, selection in document.selections.items()
            for stage in selection.stages
        }
        assert said == {"le jury de recrutement"}
        assert document.judged_by() == {
            "fr": "le jury de recrutement",
            "en": "the recruitment jury",
        }


def without_bodies(document: CampaignDocument) -> CampaignDocument:
    selections = {
        key: selection.model_copy(update={"body": None})
        for key, selection in document.selections.items()
    }
    return document.model_copy(update={"selections": selections})


def test_a_notice_that_names_nobody_says_the_jury():
    """R-SEL-12"""
    document = without_bodies(ales_2022_document())
    assert document.body_of("year-1", "file") == document.judged_by() == JURY


def test_a_stage_without_a_body_has_that_of_its_selection():
    """R-SEL-12"""
    document = albi_2021_document()
    albi = document.selections["albi"]
    stages = albi.stages | {"file": albi.stages["file"].model_copy(update={"body": None})}
    selections = {"albi": albi.model_copy(update={"stages": stages})}
    unnamed = document.model_copy(update={"selections": selections})
    assert unnamed.studied_by()["fr"] == "la commission d’admission"


def test_several_are_said_in_one_sentence_each_once():
    """R-SEL-12"""
    first, second = {"fr": "la commission", "en": "the commission"}, {"fr": "le comité"}
    assert either([first, second, first]) == {
        "fr": "la commission ou le comité",
        "en": "the commission or le comité",
    }
