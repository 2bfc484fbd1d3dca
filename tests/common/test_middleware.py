"""What every request goes through."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import FakePayload
from django.utils import translation

from common.middleware import DomainErrorMiddleware, refuse_large_bodies, stamp_received_at
from common.refusals import DomainError, NotAllowedError
from common.rules import Refusal

TOO_BIG = Refusal("file_too_big", {"max_bytes": 2_097_152})
SENTENCE = "Ce fichier dépasse la limite de 2\u00a0Mo."


@pytest.fixture(autouse=True)
def _french():
    with translation.override("fr"):
        yield


def answer(method: str, error: Exception):
    request = getattr(RequestFactory(), method)("/dossiers/abc/documents/")
    request._messages = CookieStorage(request)
    middleware = DomainErrorMiddleware(lambda request: HttpResponse())
    return request, middleware.process_exception(request, error)


def test_the_hour_of_reception_is_ours_and_comes_first():
    """R-CAL-1"""
    seen = []

    def view(request):
        seen.append(request.received_at)
        return HttpResponse()

    with time_machine.travel(datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC), tick=False):
        stamp_received_at(view)(
            RequestFactory().get("/", headers={"Date": "Tue, 08 Mar 2022 10:00:00 GMT"})
        )

    assert seen == [datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)]


@pytest.mark.parametrize(("size", "status"), [(100_000_000, 200), (100_000_001, 413)])
def test_what_is_too_large_is_turned_away_unread(size, status):
    body = FakePayload(b"x" * 10)
    request = RequestFactory().generic("POST", "/", CONTENT_LENGTH=size, **{"wsgi.input": body})
    response = refuse_large_bodies(lambda request: HttpResponse())(request)

    assert response.status_code == status
    assert len(body) == 10
    assert ("trop volumineux" in response.content.decode()) is (status == 413)


def test_a_refused_post_brings_one_back_with_every_reason():
    request, response = answer("post", DomainError(Refusal("file_empty"), TOO_BIG))

    assert (response.status_code, response.url) == (302, "/dossiers/abc/documents/")
    said = [str(message) for message in get_messages(request)]
    assert said[0].startswith("Ce fichier est vide.")
    assert said[1].startswith(SENTENCE)
    assert len(said) == 2


@pytest.mark.parametrize(
    ("method", "kind"), [("get", DomainError), ("post", NotAllowedError), ("get", NotAllowedError)]
)
def test_what_is_not_allowed_is_said_on_a_page_of_its_own(method, kind):
    _, response = answer(method, kind(TOO_BIG))

    assert response.status_code == 403
    assert SENTENCE in response.content.decode()


def test_other_errors_are_not_ours_to_tell():
    assert answer("post", ZeroDivisionError())[1] is None
