"""Guards and people that every test shares."""

import gc
import importlib.util
import itertools
import socket

import pytest
from django.utils import translation

from campaigns.selectors import notice
from tests.guards import stay_on_this_machine
from tests.properties import register_profiles

pytest_plugins = ["tests.databases"]

register_profiles()
_numbers = itertools.count()
collect_ignore = [] if importlib.util.find_spec("playwright") else ["browser"]  # tools/bootstrap.sh browser


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
def _fresh_cache(settings):
    """No test sees what another counted or kept."""
    kept = settings.CACHES["default"]
    settings.CACHES = {"default": kept | {"KEY_PREFIX": f"{kept['KEY_PREFIX']}-{next(_numbers)}"}}


@pytest.fixture(autouse=True)
def _notices_of_this_test():
    """Versions never change, so processes keep them; an undone test gives their numbers to the next module or test."""
    notice.cache_clear()
    yield
    notice.cache_clear()


@pytest.fixture(autouse=True)
def _default_language():
    translation.deactivate()
    yield
    translation.deactivate()
