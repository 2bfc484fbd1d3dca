"""A student whose contact sheet is validated: their contract may be begun."""

import pytest

from tests.factories import contracts


@pytest.fixture
def student(year):
    return contracts.approved(year)
