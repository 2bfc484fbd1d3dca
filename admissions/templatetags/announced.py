"""How a call to a test is said: how long, how, when, and where once the office has set the time."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _

from admissions.selectors.rows import Call
from campaigns import phrases
from campaigns.document.schema import Window
from common.templatetags.rentree import NO_BREAK, full_date

register = template.Library()


@register.filter
def call_detail(call: Call) -> str:
    parts = (phrases.duration(call), phrases.medium(call), _("one take only") if call.takes == 1 else "")
    return f"{NO_BREAK}· ".join(part for part in parts if part)


@register.filter
def call_when(call: Call, zone: str) -> str:
    """Its hour once it is set, else its window."""
    return full_date(call.starts_at, zone) if call.starts_at else phrases.when(call.window, zone)


@register.filter
def calls_when(calls: Sequence[Call], zone: str) -> str:
    """The window that holds them all; the hour of a single one, once it is set."""
    if len(calls) == 1:
        return call_when(calls[0], zone)
    windows = [call.window for call in calls]
    first = min((window.starts_at for window in windows if window.starts_at), default=None)
    last = max((window.ends_at for window in windows if window.ends_at), default=None)
    return phrases.when(Window(first, last, all_day=True), zone)
