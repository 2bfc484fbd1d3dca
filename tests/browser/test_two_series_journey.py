"""Alès 2024: a complementary phase in year 1, a second series in year 2, and commitments made firm."""

import pytest
from playwright.sync_api import Browser

from tests.browser.campaign import (
    M1,
    Campaign,
    admit,
    applicant,
    book,
    cast_of,
    find_company,
    hand_over,
    hours_of,
    know_nothing,
    served,
)
from tests.browser.notice import Notice

pytestmark = pytest.mark.browser
DAYS = {
    "opening": -7,
    "deadline": 1,
    "file-results": 2,
    "y1-tests": (3, 11),
    "y1-results": 12,
    "y1-search": 12,
    "y1-live-interviews": (13, 17),
    "y1-live-results": 23,
    "y1-live-search": 23,
    "y2-first-series": (3, 11),
    "y2-first-results": 12,
    "y2-second-series": (13, 17),
    "y2-results": 23,
    "y2-search": 23,
    "term": 60,
}
CANDIDATES = {
    "year_1": applicant("BAT-1", "Lilou", "Fontanès"),
    "year_2": applicant("BAT-2", "Ibrahima", "Kanté", title=M1),
}
ANSWER = "résultat de votre candidature"
PLACE = "https://visio.example.org/jury-4"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory, shared):
    folder = tmp_path_factory.mktemp("two-series")
    with served(folder, shared, Notice(folder, "ales-2024", DAYS), broker=12) as campaign:
        yield campaign


@pytest.fixture
def cast(browser: Browser, campaign: Campaign):
    with cast_of(browser, campaign, CANDIDATES, telephones=("year_1", "employer")) as cast:
        yield cast


def test_two_series(campaign: Campaign, cast: dict):
    """R-SEL-3, R-SEL-4, R-SEL-7, R-JOB-1, R-JOB-4."""
    campaign.come("deadline")
    hand_over(cast["clerk"], cast["year_1"], cast["year_2"])
    review_files(campaign, cast)
    first_tests(campaign, cast)
    hours(campaign, cast)
    last_interviews(campaign, cast)
    commit(cast)
    admit(cast, cast["year_1"], "last-marks")
    cast["year_2"].mail(
        "votre recherche d’entreprise commence"
    )  # year 1 may be admitted before the hour is read


def review_files(campaign: Campaign, cast: dict) -> None:
    for selection in ("year-1", "year-2"):
        cast["juror"].records(
            cast[selection.replace("-", "_")], selection, "file", "pre-admissible"
        )
    know_nothing(cast["year_1"], cast["year_2"], stage="Examen du dossier")
    campaign.announces(cast["clerk"], cast["president"], "file-results")
    for who in ("year_1", "year_2"):
        cast[who].mail(ANSWER)
        cast[who].reads_own_dossier("Pré-admissible", "Entretien vidéo différé (EVD)")


def first_tests(campaign: Campaign, cast: dict) -> None:
    """Neither is told of a further test before the announcement."""
    juror = cast["juror"]
    juror.marks(cast["year_1"], "year-1", "tests", recorded_interview="11")
    juror.records(cast["year_1"], "year-1", "tests", "complementary")
    juror.marks(cast["year_2"], "year-2", "first-series", english="13", recorded_interview="12,5")
    juror.records(
        cast["year_2"],
        "year-2",
        "first-series",
        "second-series",
        about={"speciality-test": "Lecture de plans"},
    )
    for who in ("year_1", "year_2"):
        cast[who].reads_own_dossier("Pré-admissible")
        cast[who].never_reads(
            "Convocation", "Inscription", "visioconférence", within="main .answer"
        )
    campaign.notice.is_over("y1-tests", "y2-first-series")
    campaign.announces(cast["clerk"], cast["president"], "y1-results", "y2-first-results")
    cast["year_1"].reads_own_dossier("Inscription en phase complémentaire", "visioconférence")
    cast["year_2"].reads_own_dossier(
        "Convocation à la deuxième série",
        "L’école fixe le jour et l’heure",
        "Épreuve de spécialité – Lecture de plans",
    )
    cast["year_2"].never_reads("Réserver")


def hours(campaign: Campaign, cast: dict) -> None:
    """R-SEL-7: year 1 books an hour, year 2 is given one."""
    opens = campaign.notice.opens_soon("y2-second-series")
    clerk, given = cast["clerk"], cast["year_2"]
    book(
        campaign,
        clerk,
        cast["year_1"],
        window="y1-live-interviews",
        test="Entretien vidéo synchrone",
    )
    hours_of(campaign, clerk, "Entretien avec le jury (Entrée en deuxième année)")
    at = opens.replace(hour=14, minute=30, second=0)
    clerk.sets_the_hour(given, at, PLACE)
    said = given.mail("jour et heure")
    assert "14 h 30" in said.replace("\N{NO-BREAK SPACE}", " ").replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
    assert PLACE in said
    given.reads_own_dossier(PLACE, picture_name="hour-given")


def last_interviews(campaign: Campaign, cast: dict) -> None:
    juror = cast["juror"]
    juror.marks(cast["year_1"], "year-1", "live", live_interview="15")
    juror.records(cast["year_1"], "year-1", "live", "admissible")
    juror.marks(cast["year_2"], "year-2", "second-series", jury_interview="14")
    juror.records(cast["year_2"], "year-2", "second-series", "admissible")
    campaign.notice.is_over("y1-live-interviews", "y2-second-series")
    campaign.notice.comes("y1-live-search", "y2-search")
    campaign.announces(cast["clerk"], cast["president"], "y1-live-results", "y2-results")
    for who in ("year_1", "year_2"):
        cast[who].reads_own_dossier("Admissible")


def commit(cast: dict) -> None:
    """R-JOB-4: company, school, then the candidate; firm from then on."""
    candidate = cast["year_1"]
    find_company(cast, candidate)
    candidate.commits()
    candidate.reads("engagement avec Menuiseries du Gardon est ferme")
    assert not candidate.page.locator("main [name=email]").count(), "no other employer is invited"
    assert "Menuiseries du Gardon" in candidate.mail("engagement est ferme")
    cast["employer"].mail(f"{candidate.name} s’engage")
