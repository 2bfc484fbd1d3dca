"""How a call to a test is said: how long, how, when, and where once the office has set the time."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from admissions.models.sealed import Sitting
from admissions.sittings.selectors import Call
from campaigns.calendar.presentation import phrases
from campaigns.document.values import Window
from campaigns.models import Assessment
from common.formats import NO_BREAK, day, full_date, localized, period


def call_detail(call: Call) -> str:
    parts = (
        phrases.duration(call),
        phrases.medium(call),
        _("one take only") if call.takes == 1 else "",
        phrases.elimination(call),
    )
    return f"{NO_BREAK}· ".join(part for part in parts if part)


def call_when(call: Call, zone: str) -> str:
    """Its hour once it is set, else the day that is booked, else that of the test it is sat with, else its window."""
    if call.starts_at:
        return full_date(call.starts_at, zone)
    if call.booked_day:
        return day(call.booked_day, zone)
    if call.sat_with:
        return _("on the same day as “%(test)s”") % {"test": localized(call.sat_with)}
    return phrases.when(call.window, zone)


def calls_when(calls: Sequence[Call], zone: str) -> str:
    """The window that holds them all; the hour of a single one, once it is set."""
    if len(calls) == 1:
        return call_when(calls[0], zone)
    windows = [call.window for call in calls]
    last = max((window.ends_at for window in windows if window.ends_at), default=None)
    first = min(windows, key=_starts)
    return phrases.when(Window(first.starts_at, last, all_day=True, about=first.about), zone)


def _starts(window: Window) -> datetime:
    assert window.starts_at, "the window of a test has two ends"
    return window.starts_at


def medium_of(sitting: Sitting) -> str:
    """How a test is sat, as the jury chose or as usual."""
    return phrases.medium_words(sitting.sat_by)


def window_words(assessment: Assessment, zone: str) -> str:
    """The days of a test."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in assessment.held)
    return period(first, last)
