"""What the journeys of a campaign share: the product that serves it, its cast, and the moves that all of them make."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.cast import Candidate, Clerk, Employer, Juror, SchoolOffice, Someone
from tests.browser.notice import Notice
from tests.browser.pages import opened
from tests.browser.product import Product, made

SIRET = "73282932000074"
EMPLOYER = {"email": "h.vidal@example.org"}
KINDS = {"clerk": Clerk, "admissions": SchoolOffice, "juror": Juror, "employer": Employer}
M1 = {"diploma_code": "", "kind": "M1", "name": "Master Génie civil", "ects": 240}


@dataclass
class Campaign:
    """The school's own moves: the file it loads again, the announcements that two people agree on."""

    product: Product
    notice: Notice

    @property
    def slug(self) -> str:
        return self.notice.slug

    def load(self) -> None:
        self.product.manage("load_campaign", str(self.notice.write()))

    def come(self, *keys: str) -> None:
        self.notice.comes(*keys)
        self.load()

    def announces(self, clerk: Someone, president: Someone, *keys: str) -> None:
        """The hour comes; nothing opens before two people have agreed, everything at once then."""
        self.come(*keys)
        for key in keys:
            clerk.confirms(f"/admin/calendar/{self.slug}/{key}/arm/", "calendar-arm")
            president.confirms(f"/admin/calendar/{self.slug}/{key}/confirm/")


@contextmanager
def served(folder: Path, shared: Path, notice: Notice, *, broker: int) -> Iterator[Campaign]:
    with made(folder, shared / "prepared", broker=broker) as product:
        campaign = Campaign(product, notice)
        campaign.load()
        with product.serving():
            yield campaign


def applicant(
    programme: str,
    first_names: str,
    birth_name: str,
    *,
    title: Mapping[str, Any] | None = None,
    checked: bool = True,
) -> dict[str, Any]:
    """Who applies, to what; `checked`: the clerk has accepted the pieces and the payment, but declared nothing."""
    identity = {"first_names": first_names, "birth_name": birth_name, "usual_name": ""}
    return {"programme": programme, "title": title or {}, "checked": checked, "identity": identity}


@contextmanager
def cast_of(
    browser: Browser,
    campaign: Campaign,
    candidates: Mapping[str, Mapping[str, Any]],
    *,
    telephones: tuple[str, ...],
) -> Iterator[dict[str, Any]]:
    """Everyone signed in, each in a browser of their own."""
    wanted = json.dumps({"slug": campaign.slug, "candidates": candidates})
    told = json.loads(campaign.product.told("browser.people", wanted))
    with ExitStack() as stack:
        people = {}
        for role, facts in {**told, "employer": EMPLOYER}.items():
            width = 390 if role in telephones else 1280
            kind = Candidate if role in candidates else KINDS.get(role, Someone)
            page = opened(
                browser, campaign.product.address, width=width, session=facts.get("session", "")
            )
            people[role] = kind(page=stack.enter_context(page), **facts)
        yield people


def hand_over(clerk: Clerk, *candidates: Candidate) -> None:
    for candidate in candidates:
        clerk.hands_over(candidate)
        candidate.mail("complet")


def know_nothing(*candidates: Candidate, stage: str) -> None:
    """What is decided stays sealed until the announcement."""
    for candidate in candidates:
        candidate.reads_own_dossier(stage)
        candidate.never_reads("Admissible", "Pré-admissible", "Non admis", "Admis académique")
        candidate.has_no_mail("résultat|décision|admissib")


def slots_of(campaign: Campaign, clerk: Clerk, key: str, test: str) -> datetime:
    """The screen where hours of a test are opened, within its window, which the school brings nearer."""
    opens = campaign.notice.opens_soon(key)
    campaign.load()
    hours_of(campaign, clerk, test)
    clerk.presses("main a[href$='/slots/']")
    return opens


def hours_of(campaign: Campaign, clerk: Clerk, test: str) -> None:
    """The screen where hours of a test are set."""
    clerk.goes_to(f"/admin/sittings/{campaign.slug}/", "sittings")
    label = clerk.page.locator("#test option").filter(has_text=test).first.inner_text()
    clerk.page.select_option("#test", label=label)
    clerk.presses("main form.filters button[type=submit]")
    clerk.looks()


def book(campaign: Campaign, clerk: Clerk, candidate: Candidate, *, window: str, test: str) -> None:
    opens = slots_of(campaign, clerk, window, test)
    clerk.opens_slots(opens, count=3, place="https://visio.example.org/jury-2")
    candidate.books(number=2)
    candidate.mail("heure")
    candidate.reads_own_dossier("réservée", "visio.example.org")


def find_company(cast: Mapping[str, Any], candidate: Candidate) -> None:
    """The employer describes the job, the head approves it, a place is held."""
    employer = cast["employer"]
    candidate.invites(employer.email)
    employer.follows_the_link(candidate)
    employer.fills_in(SIRET)
    approve(cast["head"], candidate)
    candidate.mail("place")


def approve(head: Someone, candidate: Candidate) -> None:
    head.goes_to("/admin/projects/", "projects")
    head.presses(f"main table a:has-text('{candidate.name}')")
    head.looks("project")
    head.presses("main a[href$='/approve/']")
    head.presses("main form.confirm button[type=submit]")
    head.reads("Validé")


def admit(cast: Mapping[str, Any], candidate: Candidate, *other_proofs: str) -> None:
    """The proofs, the contract, then the admission."""
    office = cast["office"]
    candidate.reads_own_dossier()
    candidate.sends_the_proofs(*other_proofs)
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
