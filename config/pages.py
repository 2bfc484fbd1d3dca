"""What the law asks every site to say. Public pages: no session, no cookie."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from campaigns.public.views import SECONDS_FRESH, Page, answer, made


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    return answer(request, _page("pages/accessibility.html", request.path), SECONDS_FRESH)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    return answer(request, _page("pages/privacy.html", request.path), SECONDS_FRESH)


@lru_cache(maxsize=16)
def _page(template: str, path: str) -> Page:
    """The path gives the language."""
    return made(template, {"path": path})
