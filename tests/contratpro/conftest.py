"""A year that the school has confirmed, one of its students, and those who work with them."""

import pytest

from contratpro.states import StudentState
from tests.factories import accounts
from tests.factories import contratpro as contracts


@pytest.fixture
def year(db):
    return contracts.confirmed_year()


@pytest.fixture
def student(year):
    return contracts.student(year, StudentState.INTENDS)


@pytest.fixture
def office(year):
    return accounts.with_second_factor(accounts.contract_service(year.school))


@pytest.fixture
def tutor(student):
    user = accounts.UserFactory()
    student.tutor = user
    student.save(update_fields=["tutor"])
    return user
