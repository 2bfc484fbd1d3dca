import pytest

from accounts.models import User
from tests.factories import accounts


@pytest.fixture
def signed_in(client):
    """The test client, signed in as someone with a second factor."""

    def sign_in(user: User):
        client.force_login(accounts.with_second_factor(user))
        return client

    return sign_in
