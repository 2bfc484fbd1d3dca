"""A student whose project is under way, and those who work with them."""

import pytest

from contratpro.states import StudentState
from tests.factories import accounts
from tests.factories import contratpro as contracts


@pytest.fixture
def student(year):
    return contracts.student(year, StudentState.FEASIBLE)


@pytest.fixture
def tutor(student):
    user = accounts.with_second_factor(accounts.UserFactory())
    student.tutor = user
    student.save(update_fields=["tutor"])
    return user


@pytest.fixture
def head(year):
    return accounts.with_second_factor(contracts.head(year))
