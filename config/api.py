"""The API object: one router per app, one way to say a mistake, one limit of calls."""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import AnonRateThrottle

from admissions.places.api import router as places
from campaigns.public.api.routes import router as campaigns

BODY = "asked"
View = Callable[..., HttpResponseBase]

api = NinjaAPI(
    title="Rentrée",
    version="1",
    description="What the notices of the campaigns say, for other programs. Public, read-only, no personal data kept.",
    docs_decorator=require_safe,
    throttle=[AnonRateThrottle(f"{settings.API_CALLS_A_MINUTE}/m")],
)
api.add_router("", campaigns)
api.add_router("", places)


@api.exception_handler(ValidationError)
def mistakes(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [_mistake(_place(one["loc"]), one["msg"]) for one in error.errors]
    return _refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, *told)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, _error: HttpError) -> HttpResponse:
    return _refused(
        request, HTTPStatus.UNPROCESSABLE_ENTITY, _mistake(["body"], "not JSON, expected an object")
    )


@api.exception_handler(Http404)
def unknown(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _refused(
        request,
        HTTPStatus.NOT_FOUND,
        _mistake(["path", "slug"], "no campaign of that name is published"),
    )


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = max(1, ceil(error.wait or 1))
    limit = settings.API_CALLS_A_MINUTE
    msg = f"more than {limit} calls a minute from this address, expected a pause of {seconds} s"
    response = _refused(request, HTTPStatus.TOO_MANY_REQUESTS, _mistake(["address"], msg))
    response["Retry-After"] = str(seconds)
    return response


def public_addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API, none of which asks for an account; any other one is refused in JSON too."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.callback is not None
        pattern.callback = spoken(pattern.callback)
    return (
        [*patterns, path("<path:anything>", spoken(nowhere), name="api-nowhere")],
        app_name,
        namespace,
    )


def spoken(view: View) -> View:
    """Answers HEAD wherever GET is answered, and says in JSON what has no address or no such method."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        try:
            request.method = "GET" if asked == "HEAD" else asked
            response = view(request, *args, **kwargs)
        except RequestDataTooBig:
            return _refused(
                request,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                _mistake(["body"], "too large, expected less"),
            )
        except Http404:
            return _refused(
                request, HTTPStatus.NOT_FOUND, _mistake(["path"], "the API has no such address")
            )
        finally:
            request.method = asked
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return _not_allowed(request, response["Allow"])
        return _without_body(response) if asked == "HEAD" else response

    return answer


def nowhere(_request: HttpRequest, anything: str) -> HttpResponseBase:
    raise Http404(anything)


def _not_allowed(request: HttpRequest, told: str) -> HttpResponse:
    methods = {method.strip() for method in told.split(",")}
    allow = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
    mistake = _mistake(["method"], f"{request.method} is not answered here, expected {allow}")
    response = _refused(request, HTTPStatus.METHOD_NOT_ALLOWED, mistake)
    response["Allow"] = allow
    return response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _mistake(loc: list[str | int], msg: str) -> dict[str, object]:
    return {"loc": loc, "msg": msg}


def _refused(
    request: HttpRequest, status: HTTPStatus, *mistakes: dict[str, object]
) -> HttpResponse:
    return api.create_response(request, {"detail": list(mistakes)}, status=status)


def _place(loc: Iterable[object]) -> list[str | int]:
    """Where the mistake is in what was sent, without the name that our code gives to a body."""
    return [part if isinstance(part, int) else str(part) for part in loc if part != BODY]
