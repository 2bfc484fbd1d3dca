"""The API object: one router per app, one way to say a mistake, one limit of calls."""

from collections.abc import Iterable
from http import HTTPStatus
from math import ceil

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import AnonRateThrottle

from apprenticeship.api import router as apprenticeship
from campaigns.api import router as campaigns

CALLS = "120/m"  # from one address
BODY = "asked"

api = NinjaAPI(
    title="Rentrée",
    version="1",
    description="What the notices of the campaigns say, for other programs. Public, read-only, no personal data kept.",
    throttle=[AnonRateThrottle(CALLS)],
)
api.add_router("", campaigns)
api.add_router("", apprenticeship)


@api.exception_handler(ValidationError)
def mistakes(request: HttpRequest, error: ValidationError) -> HttpResponse:
    detail = [{"loc": _place(one["loc"]), "msg": one["msg"]} for one in error.errors]
    return api.create_response(request, {"detail": detail}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, _error: HttpError) -> HttpResponse:
    detail = [{"loc": ["body"], "msg": "not JSON, expected an object"}]
    return api.create_response(request, {"detail": detail}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@api.exception_handler(Http404)
def unknown(request: HttpRequest, _error: Http404) -> HttpResponse:
    detail = [{"loc": ["path", "slug"], "msg": "no campaign of that name is published"}]
    return api.create_response(request, {"detail": detail}, status=HTTPStatus.NOT_FOUND)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = max(1, ceil(error.wait or 1))
    detail = [
        {"loc": ["address"], "msg": f"more than {CALLS} calls from this address, expected a pause of {seconds} s"}
    ]
    response = api.create_response(request, {"detail": detail}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def public_addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API, none of which asks for an account."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.callback is not None
        login_not_required(pattern.callback)
    return patterns, app_name, namespace


def _place(loc: Iterable[object]) -> list[str | int]:
    """Where the mistake is in what was sent, without the name that our code gives to a body."""
    return [part if isinstance(part, int) else str(part) for part in loc if part != BODY]
