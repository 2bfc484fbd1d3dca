import pytest

from campaigns import views


@pytest.fixture(autouse=True)
def _no_page_made_before(client):
    for made in (views._clock, views._home, views._campaign, views._version):
        made.cache_clear()
