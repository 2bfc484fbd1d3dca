"""From the public page to the receipt, as a candidate goes (R-APP-1, R-APP-2, R-APP-3, R-APP-6)."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import look, opened, picture
from tests.browser.product import Product
from tests.factories.files import jpeg, pdf

pytestmark = pytest.mark.browser
PASSWORD = "un long mot de passe"


@dataclass(frozen=True)
class Words:
    """What the candidate reads, by language."""

    prefix: str
    apply: str
    eligible: str
    submitted: str
    receipt: str
    too_big: str


FRENCH = Words(
    prefix="",
    apply="Candidater",
    eligible="Vous pouvez candidater",
    submitted="Votre candidature est reçue",
    receipt="reçue",
    too_big="2 Mo",
)
ENGLISH = Words(
    prefix="/en",
    apply="Apply",
    eligible="You may apply",
    submitted="Your application is received",
    receipt="received",
    too_big="2 MB",
)


class Candidate:
    """Someone with a telephone or a computer, and a BTS Fluides – énergies – domotique in progress."""

    def __init__(self, page: Page, words: Words, email: str, *, scripts: bool) -> None:
        self.page, self.words, self.email, self.scripts = page, words, email, scripts

    def look(self, name: str = "") -> None:
        look(self.page, scripts=self.scripts)
        if name and self.scripts:
            language = "en" if self.words.prefix else "fr"
            picture(self.page, f"{name}-{language}-{self.page.viewport_size['width']}")

    def reads_the_notice(self) -> None:
        self.page.goto(f"{self.words.prefix}/")
        self.look()
        self.page.locator("main a[href$='/campaigns/ales-demo/']").first.click()
        expect(self.page.locator("main")).to_contain_text("77")
        self.look("campaign")
        self.page.get_by_role("link", name=self.words.apply, exact=False).first.click()

    def signs_up(self) -> None:
        page = self.page
        page.locator("main a[href*='/accounts/signup/']").click()
        self.look()
        page.fill("[name=email]", self.email)
        page.fill("[name=password1]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.locator("[name=code]").wait_for()
        self.look()
        page.fill("[name=code]", self.code_received())
        page.locator("main form button[type=submit]").first.click()
        page.locator("main form button.btn-lg").wait_for()
        self.look()
        page.locator("main form button.btn-lg").click()
        page.wait_for_url(re.compile(r"/dossiers/\w+/"))
        self.ref = re.search(r"/dossiers/(\w+)/", page.url)[1]

    def mail(self, about: str) -> str:
        """The text of the newest message to this candidate whose subject holds `about`, once it has come."""
        other = self.page.context.new_page()
        message = other.locator("main a").filter(has_text=re.compile(about, re.IGNORECASE))
        for _ in range(40):
            other.goto(f"{self.words.prefix}/demo/mail/?to={self.email}")
            if message.count():
                break
            other.wait_for_timeout(500)
        message.first.click()
        text = other.locator("main").inner_text()
        other.close()
        return text

    def code_received(self) -> str:
        return re.search(
            r"\b([A-Z0-9]{4,}(?:-[A-Z0-9]{3,})?)\b(?=\s*$)", self.mail("code"), re.MULTILINE
        )[1]

    def step(self, name: str) -> None:
        self.page.goto(f"{self.words.prefix}/dossiers/{self.ref}/{name}/")

    def goes_on(self, name: str = "") -> None:
        self.look(name)
        self.page.locator("main button[name=continue]").click()
        self.look()

    def says_who(self) -> None:
        page = self.page
        self.step("identity")
        page.fill("[name=first_names]", "Maëlle")
        page.fill("[name=birth_name]", "Le Goff-Benchérif")
        page.fill("[name=born_on]", "14/07/2002")
        page.select_option("[name=nationality]", "FR")
        page.check("[name=french_mother_tongue][value=yes]")
        page.fill("[name=phone]", "06 12 34 56 78")
        page.fill("[name=street]", "3 rue des Tanneurs")
        page.fill("[name=postcode]", "30100")
        page.fill("[name=city]", "Alès")
        page.select_option("[name=country]", "FR")
        self.goes_on()

    def says_what_was_studied(self) -> None:
        page = self.page
        self.step("studies")
        page.fill("[name=baccalaureate]", "STI2D")
        page.fill("[name=baccalaureate_year]", "2020")
        page.locator("main button:not([name]):not(.btn-link)").last.click()
        page.goto(f"{self.words.prefix}/dossiers/{self.ref}/studies/add/")
        self.look()
        page.select_option("[name=diploma]", "BTS-FED-C")
        page.fill("[name=institution]", "Lycée des métiers du bâtiment")
        page.check("[name=status][value=expected]")
        page.locator("main form button[type=submit]").last.click()
        self.look()

    def chooses(self, *codes: str) -> None:
        self.step("programmes")
        expect(self.page.locator("main")).to_contain_text(self.words.eligible)
        for code in codes:
            self.page.check(f"[name=programmes][value={code}]")
        self.page.check("[name=grant_holder][value=no]")
        self.goes_on("programmes")

    def gives_a_file_too_big(self) -> None:
        self.step("documents")
        slot = self.page.locator("#piece-cv")
        slot.locator("[type=file]").set_input_files(
            {
                "name": "cv.pdf",
                "mimeType": "application/pdf",
                "buffer": pdf().ljust(2_000_001, b"\n"),
            }
        )
        slot.locator("button[type=submit]").first.click()
        expect(self.page.locator("#piece-cv")).to_contain_text(self.words.too_big)
        self.look("documents")

    def gives_every_piece(self) -> None:
        self.step("documents")
        slots = self.page.locator("main section.slot")
        for slot_id in [slots.nth(number).get_attribute("id") for number in range(slots.count())]:
            slot = self.page.locator(f"#{slot_id}")
            photo = slot_id == "piece-photo"
            name, kind = ("photo.jpg", "image/jpeg") if photo else ("piece.pdf", "application/pdf")
            content = jpeg() if photo else pdf()
            slot.locator("[type=file]").set_input_files(
                {"name": name, "mimeType": kind, "buffer": content}
            )
            slot.locator("form[data-upload] button[type=submit]").first.click()
            expect(slot.locator(".slot-files a").first).to_be_attached()
        self.look()

    def submits(self) -> None:
        page = self.page
        self.step("review")
        for box in page.locator("form[action$='/submit/'] [type=checkbox]").all():
            box.check()
        self.look()
        page.locator("form[action$='/submit/'] button").click()
        expect(page.locator("main")).to_contain_text(self.words.submitted)
        self.look("submitted")

    def finds_the_receipt(self) -> None:
        text = self.mail(self.words.receipt)
        assert self.ref in text
        assert "99" in text  # 77 € for the first programme and 22 € for the second
        recap = self.page.request.get(f"{self.words.prefix}/dossiers/{self.ref}/recap.pdf")
        assert recap.headers["content-type"] == "application/pdf"
        assert recap.body().startswith(b"%PDF-")


def travel(candidate: Candidate) -> None:
    candidate.reads_the_notice()
    candidate.signs_up()
    candidate.says_who()
    candidate.says_what_was_studied()
    candidate.chooses("BAT-1", "MKX-1")
    candidate.gives_a_file_too_big()
    candidate.gives_every_piece()
    candidate.submits()
    candidate.finds_the_receipt()


@pytest.mark.parametrize(
    ("words", "width", "scripts"),
    [
        pytest.param(FRENCH, 390, True, id="french-390"),
        pytest.param(ENGLISH, 1280, False, id="english-1280-without-scripts"),
        pytest.param(ENGLISH, 1280, True, id="english-1280", marks=pytest.mark.long),
        pytest.param(FRENCH, 390, False, id="french-390-without-scripts", marks=pytest.mark.long),
    ],
)
def test_whole_journey(
    browser: Browser, product: Product, words: Words, width: int, *, scripts: bool
):
    email = f"maelle.legoff.{width}.{'avec' if scripts else 'sans'}@example.org"
    with opened(browser, product.address, width=width, scripts=scripts) as page:
        travel(Candidate(page, words, email, scripts=scripts))
