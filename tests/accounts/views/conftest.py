import pytest


@pytest.fixture(autouse=True)
def _real_life(settings) -> None:
    """Outside the demonstration, as a school runs it."""
    settings.SECOND_FACTOR_REQUIRED = True
