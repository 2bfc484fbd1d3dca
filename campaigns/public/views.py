"""The public pages, made once and kept; 'May I apply?', answered without an account (R-ELI-6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.conditions.forms import diploma_choices
from campaigns.conditions.rules.terms import ProgrammeVerdict
from campaigns.conditions.selectors import most_at_once
from campaigns.document.schema import CampaignDocument, Programme
from campaigns.document.values import either
from campaigns.models import Diploma
from campaigns.notice.selectors import notice, verdicts
from campaigns.public.forms import TITLES_AT_MOST, CheckForms, typed_titles
from campaigns.public.presentation import ALWAYS, Clock, clock_of, listed_codes, notice_page
from campaigns.public.selectors import PublicNotice, diploma_kinds, public_notices, public_version
from campaigns.states import phase
from campaigns.vocabulary import Intake, Phase, VerdictKind
from common.datafile.values import Text
from common.refusals import say

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
    return (
        SECONDS_FRESH if until is None else min(SECONDS_FRESH, int((until - now).total_seconds()))
    )


# What these are called with decides every byte of the page: the path gives the language.


@lru_cache(maxsize=64)
def _clock(shown: PublicNotice) -> Clock:
    return clock_of(notice(shown.version_id))


@lru_cache(maxsize=16)
def _home(notices: tuple[PublicNotice, ...], path: str, now: datetime) -> Page:
    rows = [_row(shown, now) for shown in notices]
    rows.sort(key=lambda row: HOME_ORDER[row["phase"]])
    return made("campaigns/public/home.html", {"path": path, "now": now, "rows": rows})


@lru_cache(maxsize=64)
def _campaign(shown: PublicNotice, path: str, now: datetime) -> Page:
    document = notice(shown.version_id)
    page = notice_page(document, diploma_kinds(listed_codes(document)), now)
    context = _row(shown, now) | {"path": path, "now": now, "page": page}
    if context["phase"] is not Phase.ARCHIVED:
        feed = reverse("api-1:api_calendar", kwargs={"slug": shown.slug})
        context["feed"] = f"{feed}?lang={translation.get_language()}"
        context["check"] = reverse("check", kwargs={"slug": shown.slug})
    return made("campaigns/public/campaign.html", context)


@lru_cache(maxsize=16)
def _version(shown: PublicNotice, path: str) -> Page:
    document = notice(shown.version_id)
    page = notice_page(document, diploma_kinds(listed_codes(document)), None)
    context = {
        "path": path,
        "shown": shown,
        "notice": document,
        "page": page,
        "previous": shown.number - 1,
    }
    return made("campaigns/public/version.html", context)


def _row(shown: PublicNotice, now: datetime) -> dict[str, Any]:
    document = notice(shown.version_id)
    state = phase(document.opens_at, document.last_second, now, archived=shown.archived)
    return {"shown": shown, "notice": document, "phase": state}


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A programme, with what the notice says of it in words."""

    programme: Programme
    verdict: VerdictKind
    body: Text
    route: Any
    article: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    asks_office: bool

    @property
    def is_open(self) -> bool:
        return self.verdict is not VerdictKind.NOT_ELIGIBLE


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """Every programme; counts are of those that one applies to here. `most`: how many of them at once."""

    lines: tuple[CheckLine, ...]
    most: int
    body: Text  # who judges the titles that are to be judged

    @property
    def online(self) -> tuple[CheckLine, ...]:
        return tuple(line for line in self.lines if line.programme.intake is Intake.ONLINE)

    @property
    def open(self) -> int:
        """Those that one may apply to."""
        return sum(line.is_open for line in self.online)

    @property
    def judged(self) -> int:
        return sum(line.verdict is VerdictKind.JURY for line in self.online)


def public_form(view: View) -> View:
    """A form that anyone sends and that changes nothing.

    It is exempt from the check against forged requests: a forged one would only show its own sender's page to
    whoever follows it, and the token that the check asks for needs a cookie, which public pages do not set.
    """

    @csrf_exempt
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, slug: str, **kwargs: int) -> HttpResponseBase:
        found = next((one for one in public_notices() if one.slug == slug), None)
        if found is None:
            raise Http404
        return view(request, found, **kwargs)

    return shown


@public_form
def check(request: HttpRequest, shown: PublicNotice) -> HttpResponseBase:
    now = timezone.now()
    document = notice(shown.version_id)
    forms = _forms(document, now)
    if request.method != "POST":
        return answer(
            request,
            made("campaigns/public/check.html", _context(shown, now, forms.show())),
            SECONDS_FRESH,
        )
    if forms.read(request.POST).have_errors:
        return _typed(_context(shown, now, forms), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _typed(_context(shown, now, forms, _answer(document, verdicts(document, forms.facts))))


@public_form
def more(request: HttpRequest, shown: PublicNotice) -> HttpResponseBase:
    """The page with room for one more title, as it was typed so far."""
    return _shown_again(request, shown, [*typed_titles(request.POST), {}][:TITLES_AT_MOST])


@public_form
def less(request: HttpRequest, shown: PublicNotice, number: int) -> HttpResponseBase:
    """The page without one of its titles."""
    titles = typed_titles(request.POST)
    return _shown_again(
        request, shown, [*titles[: number - 1], *titles[number:]] if number else titles
    )


def _shown_again(request: HttpRequest, shown: PublicNotice, titles: list[Any]) -> HttpResponseBase:
    if request.method != "POST":
        return redirect("check", slug=shown.slug)
    now = timezone.now()
    forms = _forms(notice(shown.version_id), now)
    return _typed(_context(shown, now, forms.show(request.POST, titles)))


def _forms(document: CampaignDocument, now: datetime) -> CheckForms:
    diplomas = diploma_choices(Diploma.objects.order_by("kind", "code"))
    return CheckForms(
        diplomas=diplomas,
        today=now.astimezone(document.zone).date(),
        years=document.asks_years,
        asks_birth=bool(document.ages),
        asks_experience=document.asks_experience,
    )


def _context(
    shown: PublicNotice, now: datetime, forms: CheckForms, found: CheckAnswer | None = None
) -> dict[str, Any]:
    document = notice(shown.version_id)
    return {
        "shown": shown,
        "notice": document,
        "phase": phase(document.opens_at, document.last_second, now, archived=shown.archived),
        "now": now,
        "path": reverse("check", kwargs={"slug": shown.slug}),
        "forms": forms,
        "room": len(forms.titles) < TITLES_AT_MOST,
        "answer": found,
    }


def _typed(context: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    body = made("campaigns/public/check.html", context).body
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _answer(document: CampaignDocument, judged: tuple[ProgrammeVerdict, ...]) -> CheckAnswer:
    lines = [
        CheckLine(
            programme=programme,
            verdict=verdict.verdict,
            body=document.body_of(programme.selection),
            route=document.routes[verdict.route].label if verdict.route else "",
            article=verdict.article,
            reasons=tuple(map(say, verdict.reasons)),
            missing=tuple(map(say, verdict.missing)),
            asks_office=verdict.asks_office,
        )
        for programme, verdict in zip(document.programmes, judged, strict=True)
    ]
    may = [line.programme for line in lines if line.is_open]
    return CheckAnswer(
        lines=tuple(sorted(lines, key=lambda line: line.programme.entry_year)),
        most=most_at_once(document, may),
        body=either(line.body for line in lines if line.verdict is VerdictKind.JURY),
    )
