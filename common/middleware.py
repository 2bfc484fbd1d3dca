from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.errors import DomainError, NotAllowedError
from common.wording import say

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def stamp_received_at(get_response: GetResponse) -> GetResponse:
    """Note when the request reached us, before any queue of ours: deadlines are read against it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.received_at = timezone.now()  # type: ignore[attr-defined]
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
