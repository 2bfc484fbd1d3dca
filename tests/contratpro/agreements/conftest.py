"""A student whose contact sheet is validated, and those who sign their agreement with them."""

import pytest

from contratpro.states import StudentState
from tests.factories import accounts, agreements
from tests.factories import contratpro as contracts


@pytest.fixture
def head(year):
    return contracts.head(year)


@pytest.fixture
def student(year, head):
    row = contracts.student(year, StudentState.FEASIBLE)
    agreements.validated_sheet(row, head)
    return row


@pytest.fixture
def agreement(student, office):
    return agreements.prepared(student, office)


@pytest.fixture
def direction(year):
    return accounts.with_second_factor(accounts.direction(year.school))


@pytest.fixture
def social_service(year):
    user = accounts.social_service(year.school)
    return accounts.with_second_factor(user)
