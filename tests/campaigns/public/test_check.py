"""The public self-check: the verdict of each programme, for anyone, of which nothing is kept (R-ELI-6)."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client

from campaigns.models import Campaign
from campaigns.public.forms import TITLES_AT_MOST
from common.models import JournalEntry
from tests.campaigns.public.reading import words
from tests.factories.campaigns import albi_2021_document, ales_2024_document, load
from tests.forms import fields_of

PAGE = "/campaigns/ales-2022/check/"
BTS = {"diploma": "BTS-BAT", "status": "obtained", "country": "FR"}
ATS = {"diploma": "CPGE-ATS", "status": "expected", "country": "FR"}
ABROAD = {
    "diploma": "kind:OTHER",
    "status": "expected",
    "country": "MA",
    "on": "30/06/2022",
    "ects": "120",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ales_2022", "open_day")]


@pytest.fixture
def open_day():
    with time_machine.travel(datetime(2022, 2, 22, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def typed(*titles: dict[str, str], **more: str) -> dict[str, str]:
    rows = {
        f"title-{place}-{name}": value
        for place, row in enumerate(titles)
        for name, value in row.items()
    }
    return {"titles": str(len(titles)), **rows, **more}


def test_it_asks_for_one_title_at_first(stranger):
    response = stranger.get(PAGE)

    assert fields_of(response) == {
        "titles": "1",
        "title-0-diploma": "",
        "title-0-on": "",
        "title-0-country": "FR",
        "title-0-ects": "",
        "born_on": "",
    }
    assert response["Cache-Control"] == "public, max-age=30"


def test_every_programme_has_its_verdict_with_article_reasons_and_what_is_missing(stranger):
    said = words(stranger.post(PAGE, typed(BTS)))

    assert (
        "Vous pouvez candidater à 4 formations sur 7"
        " Pour 3 d’entre elles, la recevabilité de vos études sera appréciée par le jury de recrutement."
    ) in said
    assert (
        "Bâtiment – première année Vous pouvez candidater Diplôme de la liste article 1.1.1 de la notice"
        " Votre diplôme figure dans la liste de la notice : BTS Bâtiment."
    ) in said
    assert "Mécatronique – deuxième année Vous ne pouvez pas candidater" in said
    assert "Votre date de naissance n’est pas indiquée" in said


def test_two_titles_may_open_a_route_together(stranger):
    """R-ELI-1 b"""
    said = words(stranger.post(PAGE, typed(BTS, ATS)))

    assert "Vous avez aussi suivi une classe citée par la notice." in said


def test_a_foreign_title_is_for_the_jury(stranger):
    said = words(stranger.post(PAGE, typed(ABROAD, born_on="8.3.2001")))

    assert (
        "Vous pouvez candidater à 7 formations sur 7"
        " La recevabilité de vos études sera appréciée par le jury de recrutement." in said
    )
    assert "Votre date de naissance n’est pas indiquée" not in said


def test_one_who_may_not_apply_is_told_and_offered_no_way_in(stranger):
    response = stranger.post(PAGE, typed({**BTS, "diploma": "kind:OTHER", "ects": "60"}))

    assert "Vous ne pouvez candidater à aucune formation de cette campagne" in words(response)
    assert 'href="/apply/ales-2022/"' not in response.content.decode()


def test_what_was_typed_is_given_back_to_be_changed(stranger):
    answer = stranger.post(PAGE, typed(BTS, ABROAD, born_on="8.3.2001"))

    assert fields_of(answer) == {
        **fields_of(stranger.get(PAGE)),
        **typed(BTS, ABROAD, born_on="8.3.2001"),
    }


def test_a_title_left_empty_does_not_count(stranger):
    one = stranger.post(PAGE, typed(BTS))
    two = stranger.post(PAGE, typed(BTS, {"diploma": "", "country": "FR"}))

    assert "4 formations sur 7" in words(one)
    assert "4 formations sur 7" in words(two)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Choisissez votre diplôme ou votre formation dans la liste."),
        (typed({**BTS, "status": ""}), "Indiquez si vous l’avez obtenu ou si vous le préparez."),
        (typed({**BTS, "on": "mars"}), "Saisissez le jour, le mois et l’année en chiffres"),
        (typed({**BTS, "on": "23/02/2022"}), "Cette date est à venir"),
        (typed({**BTS, "ects": "many"}), "Saisissez un nombre entier"),
        (typed(BTS, born_on="99/99/2001"), "Ce jour n’existe pas"),
        (
            typed(BTS, born_on="08/03/2035"),
            "Cette date est à venir : saisissez votre date de naissance.",
        ),
        (
            typed(BTS, {**ATS, "diploma": ""}),
            "Choisissez votre diplôme ou votre formation dans la liste.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(stranger, body, said):
    response = stranger.post(PAGE, body)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Pour vous répondre, il faut d’abord corriger ceci : " in words(response)
    assert said in words(response)


def test_a_title_more_keeps_what_was_typed_and_says_nothing_of_it(stranger):
    response = stranger.post(
        f"{PAGE}more/", typed({"diploma": "BTS-BAT", "on": "mars"}, born_on="hier")
    )

    assert response.status_code == HTTPStatus.OK
    assert {name: value for name, value in fields_of(response).items() if value} == {
        "titles": "2",
        "title-0-diploma": "BTS-BAT",
        "title-0-on": "mars",
        "title-0-country": "FR",
        "title-1-country": "FR",
        "born_on": "hier",
    }
    assert "corriger" not in words(response)


def test_as_many_titles_as_there_is_room_for(stranger):
    full = stranger.post(f"{PAGE}more/", typed(*[BTS] * TITLES_AT_MOST))

    assert fields_of(full)["titles"] == str(TITLES_AT_MOST)
    assert f"{PAGE}more/" not in full.content.decode()
    assert fields_of(stranger.post(PAGE, {**typed(BTS), "titles": "9"}))["titles"] == str(
        TITLES_AT_MOST
    )


@pytest.mark.parametrize(
    ("number", "left"), [(1, ["CPGE-ATS"]), (2, ["BTS-BAT"]), (7, ["BTS-BAT", "CPGE-ATS"])]
)
def test_a_title_is_removed(stranger, number, left):
    kept = fields_of(stranger.post(f"{PAGE}less/{number}/", typed(BTS, ATS)))

    assert [value for name, value in kept.items() if name.endswith("diploma")] == left


@pytest.mark.parametrize("path", ["more/", "less/1/"])
def test_an_address_of_a_button_leads_back_to_the_page(stranger, path):
    assert stranger.get(f"{PAGE}{path}")["Location"] == PAGE


@pytest.mark.parametrize("path", ["", "more/", "less/1/"])
def test_nothing_of_it_is_kept(stranger, path):
    """R-ELI-6: no cookie, no session, no row, no cache."""
    rows = JournalEntry.objects.count()
    response = stranger.post(f"{PAGE}{path}", typed(BTS, born_on="08/03/2001"))

    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert "Vary" not in response.headers
    assert JournalEntry.objects.count() == rows


def test_in_english(stranger):
    response = stranger.post(f"/en{PAGE}", typed(BTS))

    assert "You may apply to 4 programmes of 7" in words(response)
    assert f'href="{PAGE}"' in response.content.decode()


@pytest.mark.parametrize(("state", "known"), [("draft", False), ("archived", True)])
def test_of_a_campaign_that_the_public_may_see(stranger, state, known):
    Campaign.objects.update(state=state)
    assert stranger.get(PAGE).status_code == (HTTPStatus.OK if known else HTTPStatus.NOT_FOUND)


def test_a_birth_date_is_asked_only_where_the_notice_has_an_age(stranger):
    load(ales_2024_document())

    assert "born_on" not in fields_of(stranger.get("/campaigns/ales-2024/check/"))


SECOND_YEAR = {
    "diploma": "BUT-GEII",
    "status": "expected",
    "on": "30/06/2025",
    "country": "FR",
    "year": "2",
}


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2", "Vous pouvez candidater à 4 formations sur 8"),
        ("", "Vous pouvez candidater à 3 formations sur 8 La recevabilité de vos études sera"),
        ("1", "Vous ne pouvez candidater à aucune formation de cette campagne"),
    ],
)
def test_a_second_year_of_a_but_may_apply(stranger, year, said):
    """R-ELI-2: of 2023-24, whose diploma comes in 2025; another speciality's is for the jury."""
    load(ales_2024_document())
    page = "/campaigns/ales-2024/check/"
    with time_machine.travel(datetime(2024, 2, 22, 12, 0, tzinfo=UTC), tick=False):
        asked = fields_of(stranger.get(page))
        found = words(stranger.post(page, typed({**SECOND_YEAR, "year": year})))
        kept = fields_of(stranger.post(f"{page}more/", typed(SECOND_YEAR)))
        wrong = stranger.post(page, typed({**SECOND_YEAR, "diploma": "BTS-SIO", "year": "3"}))

    assert "title-0-year" not in fields_of(stranger.get(PAGE))
    assert asked["title-0-country"] == "FR"
    assert said in found
    assert kept["title-0-year"] == "2"
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Il n’y a pas cette année en BTS : la formation dure 2 ans." in words(wrong)


def test_a_year_that_is_not_said_is_asked_for(stranger):
    """R-ELI-2, R-ELI-6"""
    load(ales_2024_document())
    page = "/campaigns/ales-2024/check/"
    with time_machine.travel(datetime(2024, 2, 22, 12, 0, tzinfo=UTC), tick=False):
        html = stranger.get(page).content.decode()
        found = words(stranger.post(page, typed({**SECOND_YEAR, "year": ""})))

    assert 'name="title-0-year"' in html
    assert "L’année de votre BUT validée ou en cours n’est pas précisée" in found


def test_one_is_told_to_choose_where_one_may_be_chosen(stranger):
    """R-PLA-3, R-ELI-4: never nine programmes of nine; the office is asked for what it takes."""
    load(albi_2021_document())
    page = "/campaigns/albi-2021/check/"
    experience = {"technician_years": "3", "employer_agrees": "yes"}
    said = words(stranger.post(page, typed(BTS, **experience)))
    closed = words(stranger.post(page, typed({**BTS, "diploma": "kind:OTHER", "ects": "60"})))

    assert "Vous pouvez candidater à l’une de ces 6 formations : choisissez-en une" in said
    assert "sur 9" not in said
    office = (
        "SIMMA – contrat de professionnalisation Se renseigner auprès du service des admissions"
    )
    assert office in said
    assert "écrivez à admissions@mines-albi.fr" in said
    assert "Vous ne pouvez candidater à aucune formation de cette campagne" in closed


def test_a_title_that_is_described_is_for_the_jury_at_albi(stranger):
    """R-ELI-4, R-ELI-6"""
    load(albi_2021_document())
    page = "/campaigns/albi-2021/check/"
    said = words(stranger.post(page, typed({**BTS, "diploma": "kind:DUT"})))

    assert "La spécialité de votre diplôme ou formation est à confirmer" in said
    assert "classe préparatoire n’est pas précisée" not in said


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("05/10/1991", None),
        ("04/10/1991", "Vous aurez 30 ans le 4 octobre 2021 : signez le contrat avant ce jour."),
        ("04/07/1991", "Vous aurez 30 ans ou plus le 4 juillet 2021"),
    ],
)
def test_an_age_at_a_contract_that_may_start_earlier(stranger, born, said):
    """R-ELI-4"""
    load(albi_2021_document())
    found = words(stranger.post("/campaigns/albi-2021/check/", typed(BTS, born_on=born)))

    assert ("30 ans" in found) is (said is not None)
    assert said is None or said in found


def test_continuing_education_asks_for_the_experience(stranger):
    """R-ELI-4, R-ELI-6: at Albi, and nowhere that no route looks at it."""
    load(albi_2021_document())
    page = "/campaigns/albi-2021/check/"
    typed = {
        "titles": "1",
        "title-0-diploma": "BTS-BAT",
        "title-0-status": "obtained",
        "title-0-country": "FR",
    }

    assert "technician_years" in fields_of(stranger.get(page))
    assert "technician_years" not in fields_of(stranger.get(PAGE))
    unsaid = stranger.post(page, typed).content.decode()
    said = stranger.post(
        page, typed | {"technician_years": "3", "employer_agrees": "yes"}
    ).content.decode()
    wrong = stranger.post(page, typed | {"technician_years": "-1"})

    assert "il en faut 3" in unsaid
    assert "3 ans ou plus comme technicien supérieur" in said
    assert "auprès du service des admissions" in said
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
