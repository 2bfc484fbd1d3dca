"""A student whose contract runs, and the head of their department."""

import pytest

from contratpro.students.permissions import heads_of
from tests.factories import contracts as employment
from tests.factories import contratpro as contracts
from tests.factories import invoices


@pytest.fixture
def student(year, office):
    return invoices.signed_papers(year, office, born_on=employment.BORN)


@pytest.fixture
def head(student):
    return heads_of(student).get().user


@pytest.fixture
def other_head(year):
    return contracts.head(year, "GCBD")
