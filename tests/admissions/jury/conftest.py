import pytest


@pytest.fixture(autouse=True)
def _clock(while_the_jury_sits) -> None:
    """Every test here is on a day on which juries sit."""
