"""A campaign from submitted dossiers to admitted apprentices, as seven people live it (year 1 and year 2 of 2022)."""

import json
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.cast import Candidate, Clerk, Employer, Juror, Someone
from tests.browser.notice import SLUG, Notice
from tests.browser.pages import opened
from tests.browser.product import Product
from tests.databases import own_broker, own_database, server

pytestmark = pytest.mark.browser
WIDTHS = {"excellence": 390, "employer": 390}
SIRET = "73282932000074"


@dataclass
class Campaign:
    """The school's own moves: the file it loads again, the announcements that two people agree on."""

    product: Product
    notice: Notice

    def load(self) -> None:
        self.product.manage("load_campaign", str(self.notice.write()))

    def announces(self, key: str, clerk: Someone, president: Someone) -> None:
        """The hour comes; nothing opens before two people have agreed, everything at once then."""
        self.notice.comes(key)
        self.load()
        clerk.confirms(f"/admin/calendar/{SLUG}/{key}/arm/", "calendar-arm")
        president.confirms(f"/admin/calendar/{SLUG}/{key}/confirm/")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("campaign")
    product, notice = Product(folder), Notice(folder)
    product.given |= own_broker(14)
    with own_database() if server() else nullcontext() as url:
        product.given |= {"DATABASE_URL": url} if url else {}
        product.prepare()
        campaign = Campaign(product, notice)
        campaign.load()
        with product.serving():
            yield campaign


@pytest.fixture
def cast(browser: Browser, campaign: Campaign):
    """Everyone signed in, each in a browser of their own."""
    told = json.loads(campaign.product.told("tests.browser.people"))
    kinds = dict.fromkeys(("excellence", "standard", "year_2"), Candidate) | {"clerk": Clerk, "juror": Juror}
    with ExitStack() as stack:
        people = {}
        for role, facts in {**told, "employer": {"email": "h.vidal@example.org"}}.items():
            width = WIDTHS.get(role, 1280)
            page = stack.enter_context(opened(browser, campaign.product.address, width=width))
            people[role] = (Employer if role == "employer" else kinds.get(role, Someone))(page=page, **facts)
            if role != "employer":
                people[role].signs_in()
        yield people


def test_a_whole_campaign(campaign: Campaign, cast: dict):
    """R-SEL-1, R-SEL-2, R-SEL-6, R-JOB-2, R-JOB-3, R-JOB-5, R-APP-5, R-APP-8."""
    candidates = [cast["excellence"], cast["standard"], cast["year_2"]]
    close_applications(campaign)
    hand_over(cast["clerk"], candidates)
    review_files(campaign, cast, candidates)
    second_interview(campaign, cast)
    sit_and_decide(campaign, cast)
    for candidate in candidates:
        hire(cast, candidate)


def close_applications(campaign: Campaign) -> None:
    campaign.notice.comes("deadline")
    campaign.load()


def hand_over(clerk: Clerk, candidates: list[Candidate]) -> None:
    for candidate in candidates:
        clerk.hands_over(candidate)
        candidate.mail("complet")


def review_files(campaign: Campaign, cast: dict, candidates: list[Candidate]) -> None:
    juror = cast["juror"]
    juror.records(cast["excellence"], "year-1", "file", "excellence")
    juror.records(cast["standard"], "year-1", "file", "standard", "english")
    juror.records(cast["year_2"], "year-2", "file", "pre-admissible")
    for candidate in candidates:
        candidate.reads_own_dossier("Examen du dossier")
        candidate.never_reads("Admissible", "Pré-admissible")
        candidate.has_no_mail("résultat|décision|admissib")
    campaign.announces("file-results", cast["clerk"], cast["president"])
    assert "excellence" in cast["excellence"].mail("résultat de votre candidature")
    cast["excellence"].reads_own_dossier("Admissible – voie excellence académique", picture_name="candidate-admissible")
    assert "anglais" in cast["standard"].mail("résultat de votre candidature")
    cast["standard"].reads_own_dossier("Pré-admissible – voie standard", "Évaluation du niveau d’anglais")
    cast["standard"].never_reads("Second entretien avec le jury en cours")
    cast["year_2"].reads_own_dossier("Pré-admissible", "Entretien de motivation avec le jury")


def second_interview(campaign: Campaign, cast: dict) -> None:
    """R-SEL-7: at the jury's call; the office opens hours, the candidate books one."""
    cast["juror"].calls_to(cast["standard"], "year-1", "tests", "second-interview")
    campaign.announces("y1-second-call", cast["clerk"], cast["president"])
    told = cast["standard"].mail("entretien|convocation|convoqué")
    assert "Second entretien" in told
    assert "/book/" in told
    book(campaign, cast["clerk"], cast["standard"], "y1-second-interviews")


def book(campaign: Campaign, clerk: Clerk, candidate: Candidate, key: str) -> None:
    """Within the test's window, which the school brings nearer."""
    opens = campaign.notice.opens_soon(key)
    campaign.load()
    clerk.goes_to(f"/admin/sittings/{SLUG}/", "sittings")
    clerk.presses("main a[href$='/slots/']")
    clerk.opens_slots(opens, count=3, place="https://visio.example.org/jury-2")
    candidate.books(number=2)
    candidate.mail("heure")
    candidate.reads_own_dossier("réservée", "visio.example.org")


def sit_and_decide(campaign: Campaign, cast: dict) -> None:
    juror = cast["juror"]
    juror.marks(cast["standard"], "year-1", "tests", recorded_interview="14", english="13,5", second_interview="15")
    juror.records(cast["standard"], "year-1", "tests", "admissible")
    juror.marks(cast["year_2"], "year-2", "tests", english="12", jury_interview="16")
    juror.records(cast["year_2"], "year-2", "tests", "admissible")
    for window in ("y1-online-tests", "y1-second-interviews", "y1-tests", "y2-tests"):
        campaign.notice.is_over(window, since=timedelta(seconds=2))
    for key, who in (("y1-results", "standard"), ("y2-results", "year_2")):
        campaign.announces(key, cast["clerk"], cast["president"])
        cast[who].mail("résultat de votre candidature")
        cast[who].reads_own_dossier("Admissible")


def hire(cast: dict, candidate: Candidate) -> None:
    employer, office = cast["employer"], cast["office"]
    candidate.invites(employer.email)
    employer.follows_the_link()
    employer.fills_in(SIRET)
    approve(cast["head"], candidate)
    candidate.mail("place")
    candidate.reads_own_dossier()
    candidate.sends_the_proofs()
    cast["clerk"].accepts_every_piece(candidate)
    seat = f"/admin/seats/{candidate.candidacy}"
    office.goes_to(f"{seat}/", "seat-dossier")
    office.reads("Pas encore possible")
    today = date.today()
    office.confirms(f"{seat}/contract/", starts_on=f"{today + timedelta(days=60):%d/%m/%Y}")
    office.confirms(f"{seat}/contract/sign/", signed_on=f"{today:%d/%m/%Y}")
    office.confirms(f"{seat}/contract/countersign/", countersigned_on=f"{today:%d/%m/%Y}")
    office.confirms(f"{seat}/admit/")
    candidate.mail("admis")
    candidate.reads_own_dossier("Admis")


def approve(head: Someone, candidate: Candidate) -> None:
    head.goes_to("/admin/projects/", "projects")
    head.presses(f"main table a:has-text('{candidate.name}')")
    head.looks("project")
    head.presses("main a[href$='/approve/']")
    head.presses("main form.confirm button[type=submit]")
    head.reads("Validé")
