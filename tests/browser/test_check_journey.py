"""From the public page to a verdict, as anyone goes, without an account (R-ELI-6)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import look, opened
from tests.browser.product import Product

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1280, True)])
def test_may_i_apply(browser: Browser, product: Product, width, scripts):
    with opened(browser, product.address, width=width, scripts=scripts) as page:
        page.goto("/campaigns/ales-demo/")
        page.locator(".hero").get_by_role("link", name="Puis-je candidater").click()
        look(page, scripts=scripts)
        _choose(page, 0, "BTS-BAT", "obtenu")
        page.get_by_role("button", name="Ajouter un diplôme").click()
        expect(page.get_by_role("group", name="Diplôme ou formation 2")).to_be_in_viewport()
        _choose(page, 1, "CPGE-ATS", "en préparation")
        page.get_by_label("Date de naissance").fill("8.3.2004")
        page.keyboard.press(
            "Enter"
        )  # the first button of the form, which must not be the one that removes a title
        expect(page.locator("#answer")).to_have_text("Vous pouvez candidater à 7 formations sur 7")
        look(page, scripts=scripts)
        page.get_by_role("button", name="Retirer le diplôme ou la formation 1").click()
        expect(page.locator("#id_title-0-diploma")).to_have_value("CPGE-ATS")
        assert page.context.cookies() == []


def _choose(page: Page, place: int, diploma: str, status: str) -> None:
    page.locator(f"#id_title-{place}-diploma").select_option(diploma)
    page.locator(f"#title-{place + 1}").get_by_label(status).check()
