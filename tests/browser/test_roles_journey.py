"""Every role's first page, as the demonstration leaves it: work waits there, at both widths."""

import pytest
from playwright.sync_api import Browser, Page, expect

from demonstration.accounts import (
    CLERK,
    CONTRACT_SERVICE,
    JUROR,
    PASSWORD,
    PLATFORM_ADMIN,
    SCHOOL_ADMIN,
)
from demonstration.cohort import APOLLINE
from rehearsal.people.someone import LINA, MATHIS
from tests.browser.pages import look, opened, picture
from tests.browser.product import Product

pytestmark = pytest.mark.browser


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", level=1).wait_for()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("email", "waiting"),
    [
        pytest.param(LINA.email, "Brouillon non déposé", id="candidate-with-a-draft"),
        pytest.param(MATHIS.email, "Déposée", id="candidate-submitted"),
        pytest.param(CLERK, "Fatoumata", id="clerk"),
        pytest.param(JUROR, "Examen du dossier", id="juror"),
        pytest.param(APOLLINE.email, "en retard", id="student"),
        pytest.param(CONTRACT_SERVICE, "Apolline Reynaud", id="contract-service"),
        pytest.param(SCHOOL_ADMIN, "Calendrier", id="school-admin"),
        pytest.param(PLATFORM_ADMIN, "Comptes", id="administrator"),
    ],
)
def test_first_page(browser: Browser, product: Product, email: str, waiting: str, width: int):
    with opened(browser, product.address, width=width) as page:
        sign_in(page, email)
        expect(page.locator("body")).to_contain_text(waiting)
        if not page.url.endswith("/admin/"):
            look(page)  # the stock admin is Django's own


def test_a_clerk_refuses_a_dossier_and_the_candidate_is_told(browser: Browser, product: Product):
    with opened(browser, product.address, width=1280) as page:
        sign_in(page, CLERK)
        look(page)
        picture(page, "clerk-list")
        row = page.locator("main table a").filter(has_text="Salomé Etcheverry")
        row.click()
        look(page)
        picture(page, "clerk-dossier")
        page.locator("main a[href$='/refuse/']").click()
        look(page)
        page.fill("[name=reason]", "Le relevé de notes du baccalauréat n’est pas lisible.")
        page.locator("main form button[type=submit]").click()
        expect(page.locator("main")).to_contain_text("Refusée")
        look(page)
