"""Where a candidacy and its tests stand, as chips, and how a call to a test is said."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from admissions.candidate.selectors import FollowedProgramme
from admissions.dossier.selectors.read_model import ANSWERED
from admissions.models import Candidacy
from admissions.sittings.presentation import (
    call_detail,
    call_when,
    calls_when,
    medium_of,
    window_words,
)
from admissions.sittings.selectors import Call
from admissions.states import AWAITED_SITTINGS, SittingState
from admissions.templatetags.dossiers import candidacy_chip
from campaigns.vocabulary import OutcomeKind
from common.formats import localized

NATIVE = "%Y-%m-%dT%H:%M"
register = template.Library()
for words in (call_detail, call_when, calls_when, medium_of, window_words):
    register.filter(words)

KINDS = {
    OutcomeKind.NEXT: ("action", "arrow-right"),
    OutcomeKind.ACCEPTED: ("done", "check-circle"),
    OutcomeKind.REJECTED: ("quiet", "x-circle"),
    OutcomeKind.LISTED: ("due", "hourglass-split"),
}
SITTINGS = {
    SittingState.CALLED: ("due", "clock", gettext_lazy("to sit")),
    SittingState.BOOKED: ("action", "calendar-event", gettext_lazy("booked")),
    SittingState.SAT: ("done", "check-circle", gettext_lazy("sat")),
    SittingState.ABSENT: ("refused", "x-circle", gettext_lazy("absence noted")),
    SittingState.EXCUSED: ("quiet", "dash-circle", gettext_lazy("excused")),
}


@register.inclusion_tag("pieces/chip.html")
def standing_chip(row: FollowedProgramme) -> dict[str, str]:
    """Where a candidacy stands: in the school's word once an outcome is told, in ours until then."""
    if row.answer:
        tone, icon = KINDS[row.answer.kind]
        return {"tone": tone, "icon": icon, "word": localized(row.answer.outcome), "date": ""}
    return candidacy_chip(row.candidacy.state)


@register.inclusion_tag("pieces/chip.html")
def outcome_chip(candidacy: Candidacy) -> dict[str, str]:
    """The same, from the row alone."""
    if candidacy.outcome and candidacy.state in ANSWERED:
        tone, icon = KINDS[candidacy.outcome.kind]
        return {"tone": tone, "icon": icon, "word": localized(candidacy.outcome.label), "date": ""}
    return candidacy_chip(candidacy.state)


@register.inclusion_tag("pieces/chip.html")
def sitting_chip(call: Call, now: datetime) -> dict[str, str]:
    """Where a test stands; nobody may have noted yet who came to one that is over."""
    tone, icon, word = SITTINGS[call.state]
    ends_at = call.starts_at or call.window.ends_at
    if call.to_book:
        tone, icon, word = ("due", "calendar-event", gettext_lazy("to book"))
    if call.state in AWAITED_SITTINGS and ends_at and ends_at < now:
        tone, icon, word = ("quiet", "clock", gettext_lazy("over"))
    return {"tone": tone, "icon": icon, "word": str(word), "date": ""}


@register.filter
def tone_of(kind: OutcomeKind) -> str:
    return KINDS[kind][0]


@register.filter
def icon_of(kind: OutcomeKind) -> str:
    return KINDS[kind][1]


@register.simple_tag
def company_url(ref: str) -> str:
    """The page of the search for a company, where a part of the product offers one."""
    try:
        return reverse("application_company", kwargs={"ref": ref})
    except NoReverseMatch:
        return ""


@register.filter
def places_left(slot: Any) -> int:
    """Of a slot with its count."""
    return max(0, int(slot.capacity - slot.taken))


@register.filter
def native(moment: datetime, zone: str) -> str:
    """For the bounds of a browser's field of day and hour."""
    return moment.astimezone(ZoneInfo(zone)).strftime(NATIVE)
