import pytest

from campaigns.public.views import _campaign, _clock, _home, _version


@pytest.fixture(autouse=True)
def _no_page_made_before(client):
    for made in (_clock, _home, _campaign, _version):
        made.cache_clear()
