import pytest

from campaigns.views import public


@pytest.fixture(autouse=True)
def _no_page_made_before(client):
    for made in (public._clock, public._home, public._campaign, public._version):
        made.cache_clear()
