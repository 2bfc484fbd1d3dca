"""The page of any signed link: the view that registered its purpose, or a page that says why it is closed."""

from http import HTTPStatus

from allauth.core.internal.ratelimit import consume  # the public one counts no reading
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.links.services import link_of, verdict_on, view_of
from common.refusals import say
from common.rules import Verdict

# A token cannot be guessed; this keeps whoever tries from keeping us busy. An office shares one address, and some of
# its people copy half of a link.
GUESSES = {"link": "60/5m/ip"}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed_link(request: HttpRequest, token: str, act: str = "") -> HttpResponse:
    """The page of a link's purpose. To read it consumes nothing: programs that check mail follow every link.

    An act is posted to its own address, below that of the page; read, that address leads to the page.
    """
    if not _may_guess(request, dry_run=True):
        return _closed(request, None, HTTPStatus.TOO_MANY_REQUESTS)
    link = link_of(token)
    verdict = verdict_on(link, now=timezone.now())
    if link is None:
        _may_guess(request, dry_run=False)
        return _closed(request, verdict, HTTPStatus.NOT_FOUND)
    if not verdict:
        return _closed(request, verdict, HTTPStatus.GONE)
    view = view_of(link, act)
    if view is None:
        raise Http404
    is_read = bool(act) and request.method != "POST"
    response = redirect("signed_link", token=token) if is_read else view(request, link)
    # Not "no-referrer": a browser would then send the form of the page with "Origin: null", which is refused as forged.
    return _apart(response, referrer="strict-origin")


def _may_guess(request: HttpRequest, *, dry_run: bool) -> bool:
    left = consume(
        request, app="accounts", action="link", config=GUESSES, limit_get=True, dry_run=dry_run
    )
    return left is not None


def _closed(request: HttpRequest, verdict: Verdict | None, status: HTTPStatus) -> HttpResponse:
    sentences = [say(refusal) for refusal in verdict.refusals] if verdict is not None else []
    page = render(request, "accounts/link_closed.html", {"sentences": sentences}, status=status)
    return _apart(page, referrer="no-referrer")


def _apart(response: HttpResponse, *, referrer: str) -> HttpResponse:
    """The address is a secret: no search engine keeps it, and no other site is told."""
    response.headers["Referrer-Policy"] = referrer
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
