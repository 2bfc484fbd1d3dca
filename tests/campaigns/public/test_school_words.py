"""Public pages and the API speak with the words of the school: who decides, whom to write to."""

import json
from datetime import UTC, datetime

import pytest
import time_machine

from tests.campaigns.public.reading import section, words
from tests.factories.campaigns import albi_2021_document, ales_2024_document, load

ALBI, ALES = "/campaigns/albi-2021/", "/campaigns/ales-2024/"
ABROAD = {
    "titles": "1",
    "title-0-diploma": "kind:OTHER",
    "title-0-status": "obtained",
    "title-0-country": "MA",
    "title-0-ects": "120",
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open():
    load(albi_2021_document())
    load(ales_2024_document())
    with time_machine.travel(datetime(2021, 2, 20, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        (
            "",
            "étape par étape, par la commission d’admissibilité, puis par la commission d’admission académique.",
        ),
        (
            "/en",
            "taken by the admissibility commission, then by the academic admission commission.",
        ),
    ],
)
def test_the_page_names_the_commissions_in_their_order(client, prefix, said):
    """R-SEL-12"""
    assert said in section(client.get(prefix + ALBI), "selection")


PRINTED = (
    "Entretien avec le jury",
    "jury d’admissions",
    "Interview with the jury",
    "admissions jury",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_albi_speaks_of_a_jury_where_its_notice_does_alone(client, prefix):
    """R-SEL-12"""
    said = words(client.get(prefix + ALBI))
    for printed in PRINTED:
        said = said.replace(printed, "")
    assert "jury" not in said.lower()


def test_a_title_is_judged_by_the_admission_commission(client):
    """R-ELI-4, R-SEL-12: as B21 §1 says of what studies are worth."""
    said = words(client.post(f"{ALBI}check/", ABROAD))
    assert "La recevabilité de vos études sera appréciée par la commission d’admission." in said
    assert "Votre titre est étranger : la commission d’admission apprécie son équivalence." in said
    assert "La commission d’admission appréciera" in said


def test_the_page_of_ales_names_its_recruitment_jury(client):
    """R-SEL-12"""
    page = client.get(ALES)
    assert "Titre étranger le jury de recrutement appréciera article" in section(page, "who")
    assert "La décision est prise, étape par étape, par le jury de recrutement." in section(
        page, "selection"
    )


def test_the_api_says_it_in_the_same_words(client):
    """R-SEL-12"""
    asked = {"titles": [{"kind": "OTHER", "country": "MA", "ects": 120, "status": "obtained"}]}
    answer = client.post(
        "/api/v1/campaigns/albi-2021/eligibility",
        json.dumps(asked),
        content_type="application/json",
    ).json()
    reasons = {one["code"]: one["reasons"] for one in answer["programmes"]}["SIMMA-APP"]
    assert reasons[-1] == (
        "La recevabilité de votre titre est appréciée par la commission d’admission. Vous pouvez candidater."
    )


def test_the_central_service_comes_first_then_the_office_with_its_two_phones(client):
    """R-APP-7: as B21 §3 prints them, and no postal address, which it doesn't print."""
    assert section(client.get(ALBI), "contact") == (
        "Contact"
        " Jusqu’à la fin de la vérification de votre dossier"
        " Service « Dossier commun Apprentissage » des écoles de l’Institut Mines-Télécom"
        " support.dossier@imt.fr"
        " Ensuite, et pour toute autre question"
        " Service des admissions admissions@mines-albi.fr +33 5 63 49 30 45 +33 5 63 49 33 44"
        " www.imt-mines-albi.fr/fr/filiere-par-alternance"
    )


def test_where_one_office_answers_it_is_told_once(client):
    """R-APP-7"""
    assert section(client.get(ALES), "contact") == (
        "Contact Direction des formations par apprentissage"
        " IMT Mines Alès 6 avenue de Clavières 30319 Alès cedex"
        " apprentissage@mines-ales.fr +33 4 66 78 50 00 www.imt-mines-ales.fr"
    )
