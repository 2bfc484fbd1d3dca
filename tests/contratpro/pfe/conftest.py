"""A student whose project is under way, and those who work with them."""

import pytest

from contratpro.states import StudentState
from tests.factories import accounts, agreements
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


@pytest.fixture
def signed(student, head, office):
    """All have signed the agreement: the training ends on Sunday 30 August 2026."""
    agreements.validated_sheet(student, head)
    agreements.admitted_to_year_3(student, office)
    agreement = agreements.handed_in(agreements.prepared(student, office), office)
    return agreements.signed(agreement, office)
