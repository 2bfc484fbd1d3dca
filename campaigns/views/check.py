"""'May I apply?', answered without an account (R-ELI-6). Nothing that is typed is kept, not even by a cache."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from campaigns.document.schema import CampaignDocument, Programme
from campaigns.forms.check import TITLES_AT_MOST, CheckForms, typed_titles
from campaigns.forms.titles import diploma_choices
from campaigns.models import Diploma
from campaigns.rules.eligibility import ProgrammeVerdict
from campaigns.rules.enums import Intake, VerdictKind
from campaigns.rules.phases import phase
from campaigns.selectors import notice, verdicts
from campaigns.selectors.public import PublicNotice, public_notices
from campaigns.views.public import SECONDS_FRESH, answer, made
from common.refusals import say
from common.rules.refusals import Refusal

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Line:
    """A programme, with what the notice says of it in words."""

    programme: Programme
    verdict: VerdictKind
    route: Any
    article: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    lines: tuple[Line, ...]

    @property
    def open(self) -> int:
        """Those that one may apply to."""
        return sum(line.verdict is not VerdictKind.NOT_ELIGIBLE for line in self.lines)

    @property
    def judged(self) -> int:
        return sum(line.verdict is VerdictKind.JURY for line in self.lines)


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
        return answer(request, made("campaigns/check.html", _context(shown, now, forms.show())), SECONDS_FRESH)
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
    return _shown_again(request, shown, [*titles[: number - 1], *titles[number:]] if number else titles)


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
        asks_birth=bool(document.ages),
        asks_experience=document.asks_experience,
    )


def _context(shown: PublicNotice, now: datetime, forms: CheckForms, found: Answer | None = None) -> dict[str, Any]:
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
    body = made("campaigns/check.html", context).body
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _answer(document: CampaignDocument, judged: tuple[ProgrammeVerdict, ...]) -> Answer:
    lines = (
        Line(
            programme=programme,
            verdict=verdict.verdict,
            route=document.routes[verdict.route].label if verdict.route else "",
            article=verdict.article,
            reasons=tuple(map(say, verdict.reasons)),
            missing=tuple(map(say, (*verdict.missing, *_elsewhere(programme)))),
        )
        for programme, verdict in zip(document.programmes, judged, strict=True)
    )
    return Answer(tuple(sorted(lines, key=lambda line: line.programme.entry_year)))


def _elsewhere(programme: Programme) -> tuple[Refusal, ...]:
    """Where one applies, if not here."""
    at_office = programme.intake is Intake.OFFICE
    return (Refusal("programme_at_the_office", {"programme": programme.title}),) if at_office else ()
