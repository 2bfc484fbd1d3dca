import pytest
import time_machine

from accounts.models import User
from admissions.models import Candidacy
from tests.factories import jury


@pytest.fixture(autouse=True)
def _while_the_jury_sits(db):
    with time_machine.travel(jury.DECIDED, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    """The test client, signed in as someone."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def juror() -> User:
    return jury.member("year-1")


@pytest.fixture
def candidacy() -> Candidacy:
    return jury.entered("BAT-1")
