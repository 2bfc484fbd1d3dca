"""Albi 2021: a day booked once, a mark that eliminates, a list that is final on its date."""

import pytest
from playwright.sync_api import Browser

from tests.browser.campaign import (
    Campaign,
    admit,
    applicant,
    cast_of,
    find_company,
    hand_over,
    hours_of,
    know_nothing,
    served,
    slots_of,
)
from tests.browser.cast import Candidate, Clerk
from tests.browser.notice import Notice

pytestmark = pytest.mark.browser
DAYS = {
    "opening": -7,
    "deadline": 1,
    "admissibility": 2,
    "test-days": (3, 11),
    "academic-results": 12,
    "search": 12,
    "harmonisation": (20, 24),
    "final-list": 40,
    "integration": (45, 46),
    "term": 60,
}
CANDIDATES = {
    "hired": applicant("SIMMA-APP", "Jeanne", "Puech"),
    "eliminated": applicant("SIPHASS-APP", "Rayan", "Cambon"),
    "without_company": applicant("SENMBA-APP", "Elif", "Demir"),
}
ANSWER = "résultat de votre candidature"
PLACE = "https://visio.example.org/albi"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory, shared):
    folder = tmp_path_factory.mktemp("final-list")
    with served(folder, shared, Notice(folder, "albi-2021", DAYS), broker=11) as campaign:
        yield campaign


@pytest.fixture
def cast(browser: Browser, campaign: Campaign):
    with cast_of(browser, campaign, CANDIDATES, telephones=("hired", "without_company")) as cast:
        yield cast


def test_final_list(campaign: Campaign, cast: dict):
    """R-SEL-5, R-SEL-7, R-SEL-12, R-APP-8, R-JOB-5."""
    everyone = [cast[role] for role in CANDIDATES]
    campaign.come("deadline")
    hand_over(cast["clerk"], *everyone)
    cast["admissions"].hands_all_over(campaign.slug, *everyone)
    review_files(campaign, cast, everyone)
    book_a_day(campaign, cast["clerk"], cast["hired"])
    sit(cast)
    decide(campaign, cast, everyone)
    find_company(cast, cast["hired"])
    cast["hired"].reads_the_search("Vous tenez la place 1")
    close_the_list(campaign, cast)


def review_files(campaign: Campaign, cast: dict, everyone: list[Candidate]) -> None:
    for candidate in everyone:
        cast["juror"].records(candidate, "albi", "file", "admissible")
    know_nothing(*everyone, stage="Commission d’admissibilité")
    campaign.announces(cast["clerk"], cast["president"], "admissibility")
    for candidate in everyone:
        candidate.reads_own_dossier("Admissible", "Réserver un jour")


def book_a_day(campaign: Campaign, clerk: Clerk, candidate: Candidate) -> None:
    """R-SEL-7: once, with no change; the school then sets the hour."""
    day = slots_of(campaign, clerk, "test-days", "Entretien avec le jury")
    clerk.opens_a_day(day, capacity=2)
    booking = candidate.books("vous choisissez une seule fois", number=1)
    candidate.mail("jour")
    candidate.reads_own_dossier("fixe l’heure", picture_name="day-booked")
    candidate.goes_to(booking, "day-booked-once")
    candidate.reads("la notice ne permet pas d’en changer")
    hours_of(campaign, clerk, "Entretien avec le jury")
    clerk.sets_the_hour(candidate, day.replace(hour=9, minute=15, second=0), PLACE)
    candidate.reads_own_dossier(PLACE, picture_name="hour-of-the-day")


def sit(cast: dict) -> None:
    """R-SEL-5: a mark of 4 or less proposes; the jury records, and the candidate knows nothing."""
    juror, eliminated = cast["juror"], cast["eliminated"]
    for who in ("hired", "without_company"):
        juror.marks(cast[who], "albi", "tests", interview="14", english="12")
        juror.records(cast[who], "albi", "tests", "academic")
    juror.marks(eliminated, "albi", "tests", interview="3,5", english="13")
    juror.opens(eliminated, "albi", "tests")
    juror.looks("eliminatory-mark")
    juror.reads("Proposé le", "note éliminatoire (Entretien avec le jury)")
    juror.records(eliminated, "albi", "tests", "rejected")
    eliminated.reads_own_dossier("Admissible")
    eliminated.never_reads("Non admis", "éliminatoire")


def decide(campaign: Campaign, cast: dict, everyone: list[Candidate]) -> None:
    campaign.notice.is_over("test-days")
    campaign.notice.comes("search")
    campaign.announces(cast["clerk"], cast["president"], "academic-results")
    for candidate in everyone:
        candidate.reads_own_dossier(
            "Non admis" if candidate == cast["eliminated"] else "Admis académique"
        )
    cast["eliminated"].goes_to(f"/dossiers/{cast['eliminated'].ref}/", "eliminated")
    assert "Non admis" in cast["eliminated"].mail(ANSWER)


def close_the_list(campaign: Campaign, cast: dict) -> None:
    """R-JOB-5: on 20 September, a place that is held stays held, and its contract follows; the others are told."""
    closed = cast["without_company"]
    closed.reads_the_search("Inviter")
    campaign.notice.is_over("harmonisation")
    campaign.come("final-list")
    admit(cast, cast["hired"], "defence-day")
    assert "arrêtée" in closed.mail("recherche d’une entreprise est terminée")
    closed.reads_own_dossier(
        "Recherche terminée, sans place",
        "La recherche d’une entreprise est terminée",
        picture_name="list-final",
    )
    closed.never_reads("Ma recherche d’entreprise", "Attendu de vous")
    cast["hired"].has_no_mail("recherche d’une entreprise est terminée")
