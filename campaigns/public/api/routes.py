"""The addresses of the public API. Answers that depend on nothing but the notice may be kept by caches."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from ninja import Query, Router
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from campaigns.conditions.rules import terms
from campaigns.conditions.selectors import above_the_most
from campaigns.document.schema import CampaignDocument
from campaigns.models import Diploma
from campaigns.notice.selectors import notice, verdicts
from campaigns.public.api import answers
from campaigns.public.api.answers import calendar_feed
from campaigns.public.api.schemas import (
    CampaignDetailOut,
    CampaignOut,
    DiplomaOut,
    EligibilityIn,
    EligibilityOut,
    FeesIn,
    FeesOut,
    MistakesOut,
    TitleIn,
)
from campaigns.public.selectors import PublicNotice, public_notices
from campaigns.vocabulary import DiplomaKind, Intake, TitleStatus, years_of

SECONDS_FRESH = 30
# What each call may answer besides 200, as openapi.json describes it.
CACHED: dict[int, None] = {HTTPStatus.NOT_MODIFIED: None}
UNKNOWN = {HTTPStatus.NOT_FOUND: MistakesOut}
UNREADABLE = {HTTPStatus.UNPROCESSABLE_ENTITY: MistakesOut}
TOO_LARGE = {HTTPStatus.REQUEST_ENTITY_TOO_LARGE: MistakesOut}
LIMITED = {HTTPStatus.TOO_MANY_REQUESTS: MistakesOut}
Language = Literal["fr", "en"]
View = Callable[..., HttpResponseBase]
Where = list[str | int]
Mistake = tuple[Where, str]
router = Router(tags=["campaigns"])


def kept_by_caches(view: View) -> View:
    """The same bytes for everyone, with a digest: who has them already gets 304."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
            return response
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
        return get_conditional_response(request, etag=etag, response=response) or response

    return answer


@router.get(
    "/campaigns",
    url_name="api_campaigns",
    response={HTTPStatus.OK: list[CampaignOut], **CACHED, **UNREADABLE, **LIMITED},
)
@decorate_view(kept_by_caches)
def campaigns(request: HttpRequest, lang: Language = "fr") -> list[CampaignOut]:
    """The campaigns that the public may see, the latest first."""
    now = timezone.now()
    with translation.override(lang):
        return [answers.campaign(shown, now) for shown in public_notices()]


@router.get(
    "/campaigns/{slug}",
    url_name="api_campaign",
    response={HTTPStatus.OK: CampaignDetailOut, **CACHED, **UNKNOWN, **UNREADABLE, **LIMITED},
)
@decorate_view(kept_by_caches)
def campaign(request: HttpRequest, slug: str, lang: Language = "fr") -> CampaignDetailOut:
    """What a notice says: programmes, calendar, documents, fees."""
    shown = campaign_or_404(slug)
    with translation.override(lang):
        return answers.detail(shown, timezone.now())


@router.get(
    "/campaigns/{slug}/calendar.ics",
    url_name="api_calendar",
    response={**CACHED, **UNKNOWN, **UNREADABLE, **LIMITED},
    openapi_extra={"responses": {200: {"description": "OK", "content": {"text/calendar": {}}}}},
)
@decorate_view(kept_by_caches)
def calendar(request: HttpRequest, slug: str, lang: Language = "fr") -> HttpResponse:
    """The calendar, for the calendar of a telephone."""
    shown = campaign_or_404(slug)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    with translation.override(lang):
        feed = calendar_feed(notice(shown.version_id), shown, host)
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8")


@router.post(
    "/campaigns/{slug}/fees",
    url_name="api_fees",
    response={HTTPStatus.OK: FeesOut, **UNKNOWN, **TOO_LARGE, **UNREADABLE, **LIMITED},
)
def fees(request: HttpRequest, slug: str, asked: FeesIn) -> FeesOut:
    """What an application to these programmes costs (R-APP-2)."""
    document = notice(campaign_or_404(slug).version_id)
    _refuse(_not_chosen_here(document, asked.programmes))
    _refuse(_too_many(document, asked.programmes))
    return answers.fees(document, asked)


@router.get(
    "/diplomas",
    url_name="api_diplomas",
    response={HTTPStatus.OK: list[DiplomaOut], **CACHED, **UNREADABLE, **LIMITED},
)
@decorate_view(kept_by_caches)
def diplomas(request: HttpRequest, lang: Language = "fr") -> list[DiplomaOut]:
    """The nomenclature: the diplomas that notices name."""
    with translation.override(lang):
        return [answers.diploma(row) for row in Diploma.objects.prefetch_related("replaces")]


@router.post(
    "/campaigns/{slug}/eligibility",
    url_name="api_eligibility",
    response={HTTPStatus.OK: EligibilityOut, **UNKNOWN, **TOO_LARGE, **UNREADABLE, **LIMITED},
)
def check(
    request: HttpRequest, slug: str, asked: EligibilityIn, lang: Query[Language] = "fr"
) -> EligibilityOut:
    """What the notice says of someone, programme by programme (R-ELI-6). Nothing of it is kept."""
    document = notice(campaign_or_404(slug).version_id)
    today = timezone.now().astimezone(document.zone).date()
    facts = terms.CandidateFacts(
        titles=_titles(asked.titles, today),
        date_of_birth=asked.date_of_birth,
        technician_years=asked.technician_years,
        employer_agrees=asked.employer_agrees,
    )
    with translation.override(lang):
        return EligibilityOut(
            programmes=[answers.verdict(judged) for judged in verdicts(document, facts)]
        )


def campaign_or_404(slug: str) -> PublicNotice:
    shown = next((one for one in public_notices() if one.slug == slug), None)
    if shown is None:
        raise Http404
    return shown


def _not_chosen_here(document: CampaignDocument, codes: Sequence[str]) -> Iterator[Mistake]:
    known = {programme.code: programme for programme in document.programmes}
    for place, code in enumerate(codes):
        here: Where = ["body", "programmes", place]
        if code not in known:
            yield here, f"unknown programme, expected one of {', '.join(sorted(known))}"
        elif known[code].intake is Intake.OFFICE:
            office = document.campaign.contact.email
            yield here, f"'{code}' is applied to at the admissions office: write to {office}"


def _too_many(document: CampaignDocument, codes: Sequence[str]) -> Iterator[Mistake]:
    """As a dossier may not choose them (R-PLA-3)."""
    for selection, at_most in above_the_most(document, codes).items():
        among = ", ".join(
            programme.code
            for programme in document.concerned((selection,))
            if programme.intake is Intake.ONLINE
        )
        yield ["body", "programmes"], f"too many programmes, expected {at_most} at most of {among}"


def _titles(asked: Sequence[TitleIn], today: date) -> tuple[terms.StudiedTitle, ...]:
    codes = {title.diploma for title in asked if title.diploma}
    kinds = dict(Diploma.objects.filter(code__in=codes).values_list("code", "kind"))
    _refuse(
        ((["body", "titles", place, name], msg))
        for place, title in enumerate(asked)
        for name, msg in _mistakes(title, kinds, today)
    )
    return tuple(
        terms.StudiedTitle(
            diploma=title.diploma,
            kind=title.kind,
            country=title.country,
            ects=title.ects,
            year=title.year,
            status=title.status,
            date=title.date,
        )
        for title in asked
    )


def _mistakes(title: TitleIn, kinds: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a title, each with the name of the field."""
    if title.diploma and title.diploma not in kinds:
        yield "diploma", "unknown diploma, expected a code of /api/v1/diplomas"
    elif title.diploma and title.kind and kinds[title.diploma] != title.kind:
        kind = kinds[title.diploma]
        yield "kind", f"'{title.diploma}' is a {kind}, expected that kind or none"
    else:
        kind = DiplomaKind(kinds[title.diploma] if title.diploma else title.kind or "OTHER")
        if title.year and title.year > years_of(kind):
            yield "year", f"a {kind} has {years_of(kind)} years, expected one of them"
    if title.status is TitleStatus.OBTAINED and title.date and title.date > today:
        yield "date", "obtained on a day to come, expected one that is past or 'expected'"


def _refuse(mistakes: Iterable[Mistake]) -> None:
    """Raises ValidationError if there is any."""
    told = [{"loc": loc, "msg": msg} for loc, msg in mistakes]
    if told:
        raise ValidationError(told)
