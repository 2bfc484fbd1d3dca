from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.refusals import DomainError, NotAllowedError, say

LARGEST_BODY = 100_000_000  # bytes: far above any piece's limit, whose own refusal is better worded
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def stamp_received_at(get_response: GetResponse) -> GetResponse:
    """Note when the request reached us, before any queue of ours: deadlines are read against it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.received_at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def refuse_large_bodies(get_response: GetResponse) -> GetResponse:
    """Turn away what no form of ours sends, before a byte of it is written to the disk, whoever sends it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return get_response(request)

    return middleware


class DomainErrorMiddleware:
    """The one place where a refused command becomes sentences for a person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        sentences = [say(refusal) for refusal in error.refusals]
        if isinstance(error, NotAllowedError) or request.method != "POST":
            return render(request, "refused.html", {"sentences": sentences}, status=403)
        for sentence in sentences:
            messages.error(request, sentence)
        return redirect(request.path)
