from datetime import datetime

import pytest
import time_machine

from accounts.models import User
from tests.factories import accounts
from tests.factories import admissions as dossiers

OPEN_DAY = datetime(2022, 2, 25, 14, 0, tzinfo=dossiers.PARIS)


@pytest.fixture(autouse=True)
def _while_applications_are_open(db):
    with time_machine.travel(OPEN_DAY, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    """The test client, signed in as someone."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def clerk() -> User:
    dossiers.campaign()
    return accounts.with_second_factor(accounts.clerk())
