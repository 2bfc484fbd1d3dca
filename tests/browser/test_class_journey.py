"""A session signed on phones: by its teacher with a link, by students with the code that is shown in the room."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.class_cast import ClassOffice, ClassStudent, ClassTeacher
from tests.browser.pages import opened
from tests.browser.product import Product
from tests.factories.classes import TEACHER

pytestmark = pytest.mark.browser

SLUG = "essai-seances"
COURSE = "Ingénierie logicielle"


@dataclass
class ClassCast:
    office: ClassOffice
    teacher: ClassTeacher
    apolline: ClassStudent
    leo: ClassStudent
    rose: ClassStudent
    idris: ClassStudent

    @property
    def names(self) -> list[str]:
        return [one.name for one in (self.apolline, self.leo, self.rose)]

    def others(self, student: ClassStudent) -> list[str]:
        return [name for name in self.names if name != student.name]


@contextmanager
def cast_of(browser: Browser, product: Product, told: dict) -> Iterator[ClassCast]:
    with ExitStack() as stack:

        def visits(width: int, **kwargs):
            return stack.enter_context(opened(browser, product.address, width=width, **kwargs))

        def student(name: str) -> ClassStudent:
            return ClassStudent(page=visits(390, session=told[name]["session"]), **told[name])

        office = told["office"]["email"]
        yield ClassCast(
            office=ClassOffice(
                page=visits(1280, session=told["office"]["session"]),
                email=office,
                class_ref=told["session"],
            ),
            teacher=ClassTeacher(page=visits(390), email=TEACHER),
            apolline=student("apolline"),
            leo=student("leo"),
            rose=student("rose"),
            idris=student("idris"),
        )


def test_signed_on_phones(browser, contract_product):
    """R-PRO-11: one in time, one late, one absent; a code that is over, and the code of another class."""
    product = contract_product
    told = json.loads(product.told("browser.classes", SLUG))
    with cast_of(browser, product, told) as cast:
        _in_time(cast)
        over = json.loads(product.told("browser.classes", SLUG, "later"))["code"]
        _late_and_absent(cast, over)
        _in_the_booklets(cast)


def _in_time(cast: ClassCast) -> None:
    cast.office.sends_the_link()
    cast.teacher.follows_the_link(COURSE, *cast.names)
    code = cast.teacher.opens_the_session()
    cast.apolline.signs(code, "présence")
    cast.idris.opens_classes()
    cast.idris.never_reads(COURSE)
    cast.idris.types_code(code)
    cast.idris.is_refused("Ce n’est pas le code de cette séance")
    cast.idris.types_for(cast.office.class_ref, code)
    cast.idris.is_refused("Cette séance ne vous concerne pas.")


def _late_and_absent(cast: ClassCast, over: str) -> None:
    """Rose has the page open when she is called absent, and the code by a message of a friend."""
    cast.leo.opens_classes()
    cast.leo.types_code(over)
    cast.leo.is_refused("Ce code a expiré")
    code = cast.teacher.shows_the_code()
    cast.leo.signs(code, "retard")
    cast.rose.opens_classes()
    cast.teacher.calls_absent(cast.rose)
    cast.rose.types_code(code)
    cast.rose.is_refused("demandez-lui")
    cast.teacher.countersigns()


def _in_the_booklets(cast: ClassCast) -> None:
    cast.apolline.reads_the_booklet("2 h", "Paul Martin", others=cast.others(cast.apolline))
    cast.leo.reads_the_booklet("1 h 3", "retard", others=cast.others(cast.leo))
    cast.rose.reads_the_booklet("absence", others=cast.others(cast.rose))
    cast.rose.gives_what_excuses()
    cast.office.excuses(cast.rose)
    cast.rose.opens_classes()
    cast.rose.reads("absence justifiée")
    cast.idris.opens_classes()
    cast.idris.never_reads(*cast.names)
