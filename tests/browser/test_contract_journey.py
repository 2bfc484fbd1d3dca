"""A contrat pro from the information meeting to step 7: students on phones, a company by links, those of the school."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.browser.contract_cast import (
    SHEET,
    SLUG,
    ContractCompany,
    ContractHead,
    ContractOffice,
    ContractSocialService,
    ContractStudent,
)
from tests.browser.pages import opened
from tests.browser.product import Product

pytestmark = pytest.mark.browser


@dataclass
class ContractCast:
    office: ContractOffice
    head: ContractHead
    company: ContractCompany
    social_service: ContractSocialService
    apolline: ContractStudent
    leo: ContractStudent

    @property
    def students(self) -> tuple[ContractStudent, ContractStudent]:
        return self.apolline, self.leo


@contextmanager
def cast_of(browser: Browser, product: Product, told: dict) -> Iterator[ContractCast]:
    with ExitStack() as stack:

        def visits(width: int, **kwargs):
            return stack.enter_context(opened(browser, product.address, width=width, **kwargs))

        yield ContractCast(
            office=ContractOffice(
                page=visits(1280, session=told["office"]["session"]), **told["office"]
            ),
            head=ContractHead(page=visits(1280, session=told["head"]["session"]), **told["head"]),
            social_service=ContractSocialService(
                page=visits(1280, session=told["social_service"]["session"]),
                **told["social_service"],
            ),
            company=ContractCompany(page=visits(390), email="rh@ateliers.example.org"),
            apolline=ContractStudent(
                page=visits(390),
                email="apolline.reynaud@example.org",
                name="Apolline Reynaud",
                born_on="08/03/2004",
            ),
            leo=ContractStudent(
                page=visits(390, scripts=False),
                email="leo.castanier@example.org",
                name="Léo Castanier",
                born_on="21/11/2003",
                scripts=False,
            ),
        )


def test_from_the_meeting_to_step_7(browser, contract_product):
    """R-PRO-4, -5, -6, -8, -9, -10: one student's papers are filled in here, the other's sheet is on paper."""
    product = contract_product
    told = json.loads(product.told("browser.contracts", SLUG))
    with cast_of(browser, product, told) as cast:
        _to_step_3(cast)
        _to_step_7(cast, told["starts_on"], told["ends_on"])


def _to_step_3(cast: ContractCast) -> None:
    office, head, apolline, leo = cast.office, cast.head, cast.apolline, cast.leo
    office.imports(SHEET)
    office.invites_all()
    meeting = office.plans_a_meeting(date.today() - timedelta(days=1))
    for student in cast.students:
        student.opens_the_invitation()
        student.confirms_who_they_are()
    office.ticks(meeting, *cast.students)
    office.says(
        apolline,
        core_resits="held",
        passage_resits="held",
        no_mobility="held",
        sio="held",
        toeic="not_held",
    )
    head.agrees(apolline)
    for student in cast.students:
        student.opens_the_file()
        student.takes_the_risk()
        student.says_done("intention")
        student.reads("doit répondre")
    office.answers_feasible(apolline)
    apolline.mail("faisable")
    leo.opens_the_file()
    leo.says_done("contact-sheet")
    apolline.opens_the_file()
    apolline.begins_the_sheet(cast.company)
    cast.company.begins(apolline)
    cast.company.completes_and_sends()
    head.approves(apolline)
    apolline.mail("fiche contact est validée")
    office.marks("contact-sheet", 2, *cast.students)
    office.marks("head-approval", 1, apolline)
    apolline.opens_the_file("3 points", name="cockpit")
    leo.opens_the_file("2 points")


def _to_step_7(cast: ContractCast, starts_on: str, ends_on: str) -> None:
    office, company, apolline = cast.office, cast.company, cast.apolline
    apolline.fills_in_the_contract(company)
    company.fills_in_the_contract(starts_on, ends_on)
    office.finds_the_contract_complete(apolline)
    office.prepares_the_agreement(apolline)
    apolline.hands_in_the_agreement()
    office.says(apolline, year_3="held")
    office.receives_it_and_signs(apolline)
    apolline.has_the_signed_copy()
    office.sends_both(apolline, company)
    company.has_the_agreement(apolline)
    cast.social_service.finds(apolline)
    apolline.opens_the_file("La convention de formation", name="cockpit-step-7")
