import pytest
import time_machine

from accounts.models import User
from tests.factories import accounts
from tests.factories import admissions as dossiers
from tests.factories import apprenticeship as jobs


@pytest.fixture(autouse=True)
def _in_july(db):
    with time_machine.travel(jobs.NOW, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    """The test client, signed in as someone with a second factor."""

    def sign_in(user: User):
        client.force_login(accounts.with_second_factor(user))
        return client

    return sign_in


@pytest.fixture
def office() -> User:
    dossiers.campaign()
    return accounts.company_office()
