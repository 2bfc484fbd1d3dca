"""Two people fill in one job sheet at once: nobody's words are lost, with scripts or without, on a small screen."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import look, opened
from tests.browser.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sheet(product: Product) -> str:
    return product.told("browser.sheets", "")


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (360, True), (1280, True)])
def test_whoever_saves_second_chooses(browser: Browser, product: Product, sheet, width, scripts):
    with (
        opened(browser, product.address, width=width, scripts=scripts) as mine,
        opened(browser, product.address, width=width, scripts=scripts) as theirs,
    ):
        mine.goto(sheet)
        theirs.goto(sheet)
        theirs.locator("#id_missions").fill(f"Les leurs, à {width} {scripts}.")
        theirs.get_by_role("button", name="Enregistrer").click()
        mine.locator("#id_missions").fill("Les miennes,\n\nen deux paragraphes.")
        mine.get_by_role("button", name="Enregistrer").click()
        look(mine, scripts=scripts)
        expect(mine.get_by_role("alert")).to_be_focused()
        expect(mine.get_by_text("Les leurs")).to_be_visible()
        expect(mine.get_by_text("en deux paragraphes.")).to_be_visible()

        mine.get_by_role("button", name="Mettre le mien à sa place").click()
        expect(mine.locator("#id_missions")).to_have_value("Les miennes,\n\nen deux paragraphes.")
        expect(mine.locator("[data-keep-offer]")).to_be_hidden()


def test_what_is_not_kept_is_offered_back(browser: Browser, product: Product, sheet):
    with (
        opened(browser, product.address, width=360) as mine,
        opened(browser, product.address, width=360) as theirs,
    ):
        mine.goto(sheet)
        theirs.goto(sheet)
        theirs.locator("#id_missions").fill("Encore les leurs.")
        theirs.get_by_role("button", name="Enregistrer").click()
        mine.locator("#id_missions").fill("Les miennes.")
        mine.get_by_role("button", name="Enregistrer").click()
        mine.get_by_role("link", name="Garder l’autre").click()
        expect(mine.locator("#id_missions")).to_have_value("Encore les leurs.")
        mine.get_by_role("button", name="Les remettre").click()
        expect(mine.locator("#id_missions")).to_have_value("Les miennes.")
