"""A campaign from submitted dossiers to admitted apprentices, as seven people live it (year 1 and year 2 of 2022)."""

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
    "y1-online-tests": (3, 5),
    "y1-second-call": 6,
    "y1-second-interviews": (7, 11),
    "y1-results": 12,
    "y1-search": 14,
    "y2-tests": (3, 11),
    "y2-results": 13,
    "y2-search": 15,
    "term": 60,
}
CANDIDATES = {
    "excellence": applicant("BAT-1", "Inès", "Delorme", checked=False),
    "standard": applicant("BAT-1", "Noé", "Garrigue"),
    "year_2": applicant("BAT-2", "Awa", "Sarr", title=M1),
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory, shared):
    folder = tmp_path_factory.mktemp("campaign")
    with served(folder, shared, Notice(folder, "ales-2022", DAYS), broker=14) as campaign:
        yield campaign


@pytest.fixture
def cast(browser: Browser, campaign: Campaign):
    with cast_of(browser, campaign, CANDIDATES, telephones=("excellence", "employer")) as cast:
        yield cast


def test_a_whole_campaign(campaign: Campaign, cast: dict):
    """R-SEL-1, R-SEL-2, R-SEL-6, R-JOB-2, R-JOB-3, R-JOB-5, R-APP-5, R-APP-8."""
    candidates = [cast[role] for role in CANDIDATES]
    campaign.come("deadline")
    cast["clerk"].checks(cast["excellence"])
    hand_over(cast["clerk"], *candidates)
    review_files(campaign, cast)
    second_interview(campaign, cast)
    sit_and_decide(campaign, cast)
    for candidate in candidates:
        find_company(cast, candidate)
        admit(cast, candidate, "last-marks")


def review_files(campaign: Campaign, cast: dict) -> None:
    juror = cast["juror"]
    juror.records(cast["excellence"], "year-1", "file", "excellence")
    juror.records(cast["standard"], "year-1", "file", "standard", "english")
    juror.records(cast["year_2"], "year-2", "file", "pre-admissible")
    know_nothing(*(cast[role] for role in CANDIDATES), stage="Examen du dossier")
    campaign.announces(cast["clerk"], cast["president"], "file-results")
    assert "excellence" in cast["excellence"].mail("résultat de votre candidature")
    cast["excellence"].reads_own_dossier(
        "Admissible – voie excellence académique", picture_name="candidate-admissible"
    )
    assert "anglais" in cast["standard"].mail("résultat de votre candidature")
    cast["standard"].reads_own_dossier(
        "Pré-admissible – voie standard", "Évaluation du niveau d’anglais"
    )
    cast["standard"].never_reads("Second entretien avec le jury en cours")
    cast["year_2"].reads_own_dossier("Pré-admissible", "Entretien de motivation avec le jury")


def second_interview(campaign: Campaign, cast: dict) -> None:
    """R-SEL-7: at the jury's call; the office opens hours, the candidate books one."""
    cast["juror"].calls_to(cast["standard"], "year-1", "tests", "second-interview")
    campaign.announces(cast["clerk"], cast["president"], "y1-second-call")
    told = cast["standard"].mail("entretien|convocation|convoqué")
    assert "Second entretien" in told
    assert "/book/" in told
    book(
        campaign,
        cast["clerk"],
        cast["standard"],
        window="y1-second-interviews",
        test="Second entretien",
    )


def sit_and_decide(campaign: Campaign, cast: dict) -> None:
    juror = cast["juror"]
    juror.marks(
        cast["standard"],
        "year-1",
        "tests",
        recorded_interview="14",
        english="13,5",
        second_interview="15",
    )
    juror.records(cast["standard"], "year-1", "tests", "admissible")
    juror.marks(cast["year_2"], "year-2", "tests", english="12", jury_interview="16")
    juror.records(cast["year_2"], "year-2", "tests", "admissible")
    campaign.notice.is_over("y1-online-tests", "y1-second-interviews", "y1-tests", "y2-tests")
    campaign.announces(cast["clerk"], cast["president"], "y1-results", "y2-results")
    for who in ("standard", "year_2"):
        cast[who].mail("résultat de votre candidature")
        cast[who].reads_own_dossier("Admissible")
