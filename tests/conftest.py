"""Guards and people that every test shares."""

import gc
import importlib.util
import itertools
import socket

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

from accounts.models import User
from campaigns.notice.selectors import notice
from contratpro.steps.selectors import step_rules
from contratpro.year.selectors import year_said
from notifications.delivery import services as delivery
from tests.guards import facts_as_in_the_sample, stay_on_this_machine
from tests.properties import register_profiles
from tests.settings import WORKER

pytest_plugins = ["tests.databases"]

register_profiles()
_numbers = itertools.count()
collect_ignore = (
    [] if importlib.util.find_spec("playwright") else ["browser"]
)  # tools/bootstrap.sh browser
LONGEST = {
    "test_rights", "test_twins", "test_races", "test_plans", "test_rehearse", "test_rehearse_year", "test_commands",
    "test_demonstration", "test_rectifying",
    "test_campaign_journey", "test_candidate_journey", "test_final_list_journey", "test_two_series_journey",
}  # fmt: skip


def pytest_addoption(parser):
    parser.addoption(
        "--keep-pages",
        action="store_true",
        help="write anew the pages of tests/campaigns/notice/kept: read its README first",
    )


def pytest_collection_modifyitems(items):
    """The longest modules begin: one that began last would leave the other core idle."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_collection_finish():
    """What is loaded by now stays to the end: going through it again and again took one second in eight."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", stay_on_this_machine(socket.socket.connect))
        yield


@pytest.fixture(autouse=True)
def _mails_as_in_the_catalogue(monkeypatch):
    monkeypatch.setattr(delivery, "_with_facts", facts_as_in_the_sample(delivery._with_facts))


@pytest.fixture(autouse=True)
def _as_if_alone():
    """No test sees what another counted or kept, nor the language that it spoke.

    Versions of notices and years never change, so processes keep them: an undone test gives their numbers to the
    next one.
    """
    prefix = f"{WORKER}-{next(_numbers)}"
    settings.CACHES["default"]["KEY_PREFIX"] = caches["default"].key_prefix = prefix
    notice.cache_clear()
    year_said.cache_clear()
    step_rules.cache_clear()
    translation.deactivate()
    yield
    notice.cache_clear()
    year_said.cache_clear()
    step_rules.cache_clear()
    translation.deactivate()


@pytest.fixture
def signed_in(client):
    """The test client, signed in as someone."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in
