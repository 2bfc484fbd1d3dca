"""From the report of semester 9 to the defence: students on phones, a company tutor by a link, those of the school."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import opened
from tests.browser.product import Product
from tests.browser.year_end_cast import (
    CompanyTutor,
    EndHead,
    EndOffice,
    EndStudent,
    SchoolTutor,
)
from tests.factories.sheets import WHOLE

pytestmark = pytest.mark.browser

SLUG = "essai-fin"
# The conduct earns 14 of 18 points: 15.56. It weighs a fifth, the two others two fifths each.
MARKS = ("15,56", "16,00", "14,50", "15,31")


@dataclass
class EndCast:
    office: EndOffice
    head: EndHead
    tutor: SchoolTutor
    company: CompanyTutor
    apolline: EndStudent
    leo: EndStudent


@contextmanager
def cast_of(browser: Browser, product: Product, told: dict) -> Iterator[EndCast]:
    with ExitStack() as stack:

        def visits(width: int, **kwargs):
            return stack.enter_context(opened(browser, product.address, width=width, **kwargs))

        def signed_in(name: str, width: int = 1280):
            return {"page": visits(width, session=told[name]["session"]), **told[name]}

        yield EndCast(
            office=EndOffice(slug=SLUG, **signed_in("office")),
            head=EndHead(**signed_in("head")),
            tutor=SchoolTutor(**signed_in("tutor")),
            company=CompanyTutor(page=visits(390), email=WHOLE["tutor_email"]),
            apolline=EndStudent(**signed_in("apolline", 390)),
            leo=EndStudent(**signed_in("leo", 390)),
        )


def test_from_the_report_to_the_defence(browser, contract_product):
    """R-PRO-7, -8, -11, -13, -14: one student does all of it, the other is ill and late."""
    product = contract_product
    told = json.loads(product.told("browser.year_end", SLUG))
    days = told["days"]
    with cast_of(browser, product, told) as cast:
        _before_christmas(cast, days)
        _away(cast, days)
        product.told("browser.year_end", SLUG, "later")
        _after_christmas(cast)
        _defence(cast, days)


def _before_christmas(cast: EndCast, days: dict[str, str]) -> None:
    cast.apolline.deposits_the_report()
    cast.tutor.asks_the_company_tutor(cast.apolline)
    cast.company.begins(cast.apolline.name)
    cast.company.completes_and_sends()
    cast.tutor.marks_the_report(cast.apolline, "14,5")
    cast.tutor.passes_on(cast.apolline, days["today"])
    cast.apolline.reads_no_mark("14,50", "16,00")
    cast.apolline.sends_the_sheet()
    cast.tutor.approves_the_sheet(cast.apolline)


def _away(cast: EndCast, days: dict[str, str]) -> None:
    cast.leo.reports_an_illness(days["today"])
    cast.leo.asks_for_a_day(days["away"], days["made_up"])
    cast.head.grants_the_day(cast.leo)
    cast.leo.reads_the_answer()
    cast.office.reads_the_illness(cast.leo)
    cast.apolline.finds_nothing_at(cast.leo)


def _after_christmas(cast: EndCast) -> None:
    cast.office.sees_who_is_late(cast.leo, cast.apolline)
    cast.office.gives_points(cast.apolline, "report", 2)
    cast.office.gives_points(cast.apolline, "company-mark", 1)
    cast.office.makes_the_certificates(2)
    cast.office.cannot_publish(cast.leo)
    cast.office.publishes(cast.apolline, *MARKS)
    cast.apolline.reads_the_mark(*MARKS)
    cast.leo.reads_no_mark(*MARKS)
    cast.leo.finds_nothing_at(cast.apolline)


def _defence(cast: EndCast, days: dict[str, str]) -> None:
    """Planned for tomorrow it has no mark yet; moved to today it has one."""
    cast.head.organises_the_defence(cast.apolline, days["tomorrow"])
    cast.apolline.mail("Votre soutenance")
    cast.apolline.reads_of_the_defence("Salle du conseil", "Rachid Amrani")
    cast.head.gives_no_mark_yet(cast.apolline)
    cast.head.organises_the_defence(cast.apolline, days["today"])
    cast.head.gives_the_mark(cast.apolline, "15")
    cast.apolline.mail("note de votre projet de fin d’études est disponible")
    cast.apolline.reads_of_the_defence("15,00", "Un travail suivi", name="pfe-marked")
    cast.leo.reads_no_mark("15,00", *MARKS)
