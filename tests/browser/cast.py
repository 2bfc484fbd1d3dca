"""The people of a campaign, each at their own screen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from playwright.sync_api import Page, expect

from tests.browser.pages import look, picture
from tests.factories.files import pdf

PATIENCE = 60_000  # milliseconds: a worker may be busy


@dataclass
class Someone:
    page: Page
    email: str
    session: str = ""

    def goes_to(self, address: str, name: str = "") -> None:
        self.page.goto(address)
        self.looks(name)

    def looks(self, name: str = "") -> None:
        look(self.page)
        if name:
            picture(self.page, name)

    def presses(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def confirms(self, address: str, name: str = "", **typed: str) -> None:
        """Goes through a confirm box: what it says, what it asks, then its button."""
        self.goes_to(address, name)
        for field_name, text in typed.items():
            self.page.fill(f"main form [name={field_name}]", text)
        self.presses("main form.confirm button[type=submit]")

    def reads(self, *words: str) -> None:
        for said in words:
            expect(self.page.locator("main")).to_contain_text(said, timeout=10_000)

    def never_reads(self, *words: str, within: str = "main") -> None:
        for said in words:
            expect(self.page.locator(within)).not_to_contain_text(said)

    def mail(self, about: str) -> str:
        """The text of the newest message whose subject holds `about`, once it has come."""
        other = self.page.context.new_page()
        message = other.locator(".mail-list a").filter(has_text=re.compile(about, re.IGNORECASE))
        for _ in range(PATIENCE // 500):
            other.goto(f"/demo/mail/?to={self.email}")
            if message.count():
                break
            other.wait_for_timeout(500)
        message.first.click()
        text = other.locator(".mail-text").inner_text()
        other.close()
        return text

    def has_no_mail(self, about: str) -> None:
        other = self.page.context.new_page()
        other.goto(f"/demo/mail/?to={self.email}")
        assert (
            not other.locator(".mail-list a")
            .filter(has_text=re.compile(about, re.IGNORECASE))
            .count()
        )
        other.close()


@dataclass(kw_only=True)
class Candidate(Someone):
    name: str
    ref: str
    candidacy: str

    def reads_the_search(self, *words: str, picture_name: str = "") -> None:
        self.goes_to(f"/dossiers/{self.ref}/company/", picture_name)
        self.reads(*words)

    def commits(self) -> None:
        """The last of the three to agree."""
        self.reads_the_search("ont donné leur accord", picture_name="commitment-asked")
        self.presses("main a[href$='/commit/']")
        self.looks("commit")
        self.presses("main form.confirm button[type=submit]")
        self.looks("committed")

    def reads_own_dossier(self, *words: str, picture_name: str = "") -> None:
        """Loaded again until it says so: a worker may be busy, and an earlier message had the same subject."""
        address = f"/dossiers/{self.ref}/"
        for _ in range(PATIENCE // 1000):
            self.page.goto(address)
            if all(said in self.page.locator("main").inner_text() for said in words):
                break
            self.page.wait_for_timeout(1000)
        self.goes_to(address, picture_name)
        self.reads(*words)

    def books(self, *words: str, number: int) -> str:
        """The slot of that number, of the test that waits for it; the page says these words. Its address."""
        self.goes_to(f"/dossiers/{self.ref}/")
        self.presses("main a[href$='/book/']")
        self.looks("booking")
        self.reads(*words)
        address = self.page.url
        self.page.locator("[name=slot]").nth(number - 1).check()
        self.presses("main form button[type=submit]")
        return address

    def invites(self, employer: str) -> None:
        self.goes_to(f"/dossiers/{self.ref}/company/", "company-search")
        self.page.fill("[name=email]", employer)
        self.presses("main form button[type=submit]:has-text('Inviter')")

    def sends_the_proofs(self, *others: str) -> None:
        """What blocks the admission: the title, the marks of this year, and what a notice adds."""
        self.goes_to(f"/dossiers/{self.ref}/documents/")
        for piece in ("current-marks", "diploma-to-come", *others):
            slot = self.page.locator(f"[id^=piece-{piece}]").first
            file = {"name": f"{piece}.pdf", "mimeType": "application/pdf", "buffer": pdf(piece)}
            slot.locator("[type=file]").set_input_files(file)
            slot.locator("button[type=submit]:not(.btn-link)").first.click()
            self.page.wait_for_load_state()
            expect(self.page.locator(f"[id^=piece-{piece}]").first).to_contain_text(
                f"{piece}.pdf", timeout=10_000
            )


@dataclass
class Clerk(Someone):
    def opens_slots(self, first: datetime, *, count: int, place: str) -> None:
        """A series on one day, of a quarter of an hour each."""
        typed = {
            "day": f"{first:%Y-%m-%d}",
            "first": f"{first:%H:%M}",
            "minutes": "15",
            "count": str(count),
        }
        for name, text in {**typed, "capacity": "1", "place": place}.items():
            self.page.fill(f"main form [name={name}]", text)
        self.presses("main form button[type=submit].btn-primary")
        self.looks("slots")

    def opens_a_day(self, day: datetime, *, capacity: int) -> None:
        self.page.fill("main form [name=day]", f"{day:%Y-%m-%d}")
        self.page.fill("main form [name=capacity]", str(capacity))
        self.presses("main form button[type=submit].btn-primary")
        self.looks("days")

    def sets_the_hour(self, candidate: Candidate, at: datetime, place: str) -> None:
        """On the list of the test that is shown."""
        row = self.page.locator("main tbody tr").filter(has_text=candidate.name)
        row.locator("[name$=-starts_at]").fill(f"{at:%Y-%m-%dT%H:%M}")
        row.locator("[name$=-place]").fill(place)
        self.presses("main form[method=post] button[type=submit].btn-primary")
        self.looks("hours-set")

    def accepts_every_piece(self, candidate: Candidate) -> None:
        self.goes_to(f"/admin/dossiers/{candidate.ref}/")
        accept = self.page.locator("form[action$='/accept/'] button")
        while left := accept.count():
            accept.first.click()
            expect(accept).to_have_count(left - 1, timeout=10_000)

    def checks(self, candidate: Candidate) -> None:
        self.accepts_every_piece(candidate)
        self.page.fill("form[action$='/payment/'] [name=euros]", "77")
        self.page.fill("form[action$='/payment/'] [name=note]", "VIR 2022-118")
        self.presses("form[action$='/payment/'] button[type=submit]")
        self.looks("clerk-checked")

    def hands_over(self, candidate: Candidate) -> None:
        self.confirms(f"/admin/dossiers/{candidate.ref}/complete/")
        self.reads("déclaré complet")


@dataclass
class SchoolOffice(Someone):
    """The admissions office of the school, between the check and the jury."""

    def hands_all_over(self, slug: str, *candidates: Candidate) -> None:
        self.goes_to(f"/admin/office/?campaign={slug}", "school-office")
        self.reads(*(candidate.ref for candidate in candidates))
        self.confirms(f"/admin/office/campaigns/{slug}/all/", "school-office-all")
        self.reads("Les dossiers sont transmis.")


@dataclass
class Juror(Someone):
    campaign: str = ""

    def opens(self, candidate: Candidate, selection: str, stage: str) -> None:
        address = f"/admin/jury/{self.campaign}/{selection}/{stage}/"
        self.goes_to(address, f"jury-{selection}-{stage}")
        self.page.goto(f"{address}{candidate.candidacy}/")
        self.looks("jury-dossier")

    def records(
        self,
        candidate: Candidate,
        selection: str,
        stage: str,
        outcome: str,
        *tests: str,
        about: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`about`: what tests that the jury sets are about, by the key of the test."""
        self.opens(candidate, selection, stage)
        self.page.check(f"[name=outcome][value={outcome}]")
        for test, nature in about.items():
            self.page.fill(f"[name='{outcome}/{test}/0-nature']", nature)
        for test in tests:
            self.page.check(f"[name=assessments][value='{outcome}/{test}']")
        self.presses("form[action*='/record/'] button.btn-primary")
        self.looks()

    def calls_to(self, candidate: Candidate, selection: str, stage: str, test: str) -> None:
        self.opens(candidate, selection, stage)
        self.presses(f"form[action*='/{test}/plan/'] button")

    def marks(self, candidate: Candidate, selection: str, stage: str, **marks: str) -> None:
        self.opens(candidate, selection, stage)
        for test, mark in marks.items():
            key = test.replace("_", "-")
            if self.page.locator(f"form[action*='/{key}/sit/']").count():
                self.presses(f"form[action*='/{key}/sit/'] button")
            self.page.fill(f"form[action*='/{key}/mark/'] [name=mark]", mark)
            self.presses(f"form[action*='/{key}/mark/'] button")
            expect(self.page.locator(f"form[action*='/{key}/mark/'] [name=mark]")).to_have_value(
                re.compile(f"^{mark}")
            )


@dataclass
class Employer(Someone):
    """Has no account: a link is all there is."""

    link: str = field(default="")

    def follows_the_link(self, candidate: Candidate) -> None:
        self.link = re.search(
            r"http://\S+/l/\S+", self.mail(f"à remplir pour {re.escape(candidate.name)}")
        )[0]
        self.goes_to(self.link, "employer-form")

    def fills_in(self, siret: str) -> None:
        starts_on = date.today() + timedelta(days=60)
        typed = {
            "siret": siret,
            "company_name": "Menuiseries du Gardon",
            "street": "12 quai Boissier-de-Sauvages",
            "postcode": "30100",
            "city": "Alès",
            "contact_name": "Hélène Vidal",
            "contact_email": self.email,
            "contact_phone": "04 66 30 00 00",
            "master_name": "Karim Benali",
            "master_function": "Conducteur de travaux",
            "master_years": "12",
            "master_email": "karim.benali@example.org",
            "master_phone": "06 11 22 33 44",
            "job_title": "Apprenti ingénieur travaux",
            "missions": "Suivi de chantiers de bâtiments en ossature bois, métrés et planning.",
            "starts_on": starts_on.strftime("%d/%m/%Y"),
        }
        for box in self.page.locator(
            "main form [name]:is(input:not([type=hidden]), textarea)"
        ).all():
            name = box.get_attribute("name")
            box.fill(
                typed.get(
                    name, "De l’appui à un conducteur de travaux à la conduite d’une opération."
                )
            )
        self.presses("main form button[formaction$='/send/']")
        self.looks("employer-sent")
        self.reads("Votre fiche est")
