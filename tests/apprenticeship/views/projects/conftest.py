import pytest
import time_machine

from accounts.models import User
from tests.factories import projects


@pytest.fixture(autouse=True)
def _while_companies_are_looked_for(db):
    with time_machine.travel(projects.DECIDED, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in
