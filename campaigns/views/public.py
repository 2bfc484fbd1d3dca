"""The public pages: no session, no cookie; their bytes are made once and kept until they would read otherwise."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.pages import ALWAYS, Clock, clock_of, listed_codes, notice_page
from campaigns.rules.enums import Phase
from campaigns.rules.phases import phase
from campaigns.selectors import notice
from campaigns.selectors.public import PublicNotice, diploma_kinds, public_notices, public_version

SECONDS_KNOWN = 10  # how late a new version of a notice may be seen
SECONDS_FRESH = 30  # how long a browser or a proxy may keep a page without asking
HOME_ORDER = {Phase.OPEN: 0, Phase.UPCOMING: 1, Phase.CLOSED: 2, Phase.ARCHIVED: 3}


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    etag: str


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    notices = _public_notices()
    held = [_clock(shown).around(now) for shown in notices]
    since = max((since for since, _until in held), default=ALWAYS)
    until = min((until for _since, until in held if until), default=None)
    return answer(request, _home(notices, request.path, since), _seconds(now, until))


@login_not_required
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponseBase:
    now = timezone.now()
    shown = next((one for one in _public_notices() if one.slug == slug), None)
    if shown is None:
        raise Http404
    since, until = _clock(shown).around(now)
    return answer(request, _campaign(shown, request.path, since), _seconds(now, until))


@login_not_required
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """The notice as it stood, for who accepted that version."""
    shown = public_version(slug, number)
    if shown is None:
        raise Http404
    return answer(request, _version(shown, request.path), SECONDS_FRESH)


def answer(request: HttpRequest, page: Page, seconds: int) -> HttpResponseBase:
    """A public page that caches may keep for so many seconds; 304 for who has it already."""
    response = HttpResponse(page.body, headers={"ETag": page.etag})
    patch_cache_control(response, public=True, max_age=seconds)
    return get_conditional_response(request, etag=page.etag, response=response) or response


def made(template: str, context: dict[str, Any]) -> Page:
    body = render_to_string(template, {"demo": settings.DEMO, **context}).encode()
    return Page(body, f'"{sha256(body).hexdigest()[:32]}"')


def _public_notices() -> tuple[PublicNotice, ...]:
    return cache.get_or_set("public-notices", public_notices, SECONDS_KNOWN) or ()


def _seconds(now: datetime, until: datetime | None) -> int:
    return SECONDS_FRESH if until is None else min(SECONDS_FRESH, int((until - now).total_seconds()))


# What these are called with decides every byte of the page: the path gives the language.


@lru_cache(maxsize=64)
def _clock(shown: PublicNotice) -> Clock:
    return clock_of(notice(shown.version_id))


@lru_cache(maxsize=16)
def _home(notices: tuple[PublicNotice, ...], path: str, now: datetime) -> Page:
    rows = [_row(shown, now) for shown in notices]
    rows.sort(key=lambda row: HOME_ORDER[row["phase"]])
    return made("campaigns/home.html", {"path": path, "now": now, "rows": rows})


@lru_cache(maxsize=64)
def _campaign(shown: PublicNotice, path: str, now: datetime) -> Page:
    document = notice(shown.version_id)
    page = notice_page(document, diploma_kinds(listed_codes(document)), now)
    context = _row(shown, now) | {"path": path, "now": now, "page": page}
    if context["phase"] is not Phase.ARCHIVED:
        feed = reverse("api-1:api_calendar", kwargs={"slug": shown.slug})
        context["feed"] = f"{feed}?lang={translation.get_language()}"
        context["check"] = reverse("check", kwargs={"slug": shown.slug})
    return made("campaigns/campaign.html", context)


@lru_cache(maxsize=16)
def _version(shown: PublicNotice, path: str) -> Page:
    document = notice(shown.version_id)
    page = notice_page(document, diploma_kinds(listed_codes(document)), None)
    context = {"path": path, "shown": shown, "notice": document, "page": page, "previous": shown.number - 1}
    return made("campaigns/version.html", context)


def _row(shown: PublicNotice, now: datetime) -> dict[str, Any]:
    document = notice(shown.version_id)
    state = phase(document.opens_at, document.last_second, now, archived=shown.archived)
    return {"shown": shown, "notice": document, "phase": state}
