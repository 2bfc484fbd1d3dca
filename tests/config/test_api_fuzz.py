"""The API, fuzzed from its own description: whatever is sent, an answer that the description has."""

from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache as counted
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.api import api
from config.wsgi import application
from tests.factories.campaigns import albi_2021_document, ales_2022, load
from tests.properties import tries

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
KNOWN = {"slug": "ales-2022"}
DESCRIPTION = api.get_openapi_schema(path_prefix="/api/v1/")
NAMES = [
    f"{method.upper()} {path}"
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
]


@cache
def operations() -> dict[str, Any]:
    """By name, once somebody asks: every process collects these tests, one runs them."""
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = application
    found = [one.ok() for one in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


@pytest.fixture(autouse=True)
def _one_connection():
    """As Django's own test client does: the end of a request closes no connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_known():
    assert list(operations()) == NAMES


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sent_is_answered_as_described(name):
    ales_2022()
    load(albi_2021_document())

    @tries(15, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operations()[name].as_strategy())
    def fuzz(case):
        counted.clear()  # the limit of calls is proven elsewhere
        if "slug" in case.path_parameters and len(str(case.path_parameters["slug"])) % 2:
            case.path_parameters.update(KNOWN)
        case.call_and_validate(checks=CHECKS)

    fuzz()
