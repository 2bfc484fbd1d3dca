import pytest

from campaigns.models import Campaign
from tests.factories import campaigns


@pytest.fixture
def ales_2022(db) -> Campaign:
    return campaigns.ales_2022()
