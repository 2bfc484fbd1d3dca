"""A school, and the two offices that look after offers there."""

import pytest

from tests.factories import accounts


@pytest.fixture
def office(db):
    return accounts.with_second_factor(accounts.contract_service())


@pytest.fixture
def school(office):
    return office.grants.get().school
