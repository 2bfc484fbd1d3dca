"""The formats of Rentrée for templates, and its icons and tones."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import formats
from common.rules import TimeLeft, time_left

register = template.Library()
for write in (
    formats.localized,
    formats.number,
    formats.euros,
    formats.file_size,
    formats.day,
    formats.short_day,
    formats.clock,
    formats.zone_name,
    formats.full_date,
    formats.in_words,
    formats.phone,
):
    register.filter(write)

TONES = {
    "debug": "quiet",
    "info": "action",
    "success": "done",
    "warning": "due",
    "error": "refused",
}
TONE_ICONS = {
    "quiet": "info-circle",
    "action": "info-circle",
    "done": "check-circle-fill",
    "due": "exclamation-triangle-fill",
    "refused": "x-circle",
}


@register.filter
def each(value: object) -> list[object]:
    """What may be one, several or none, as a list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


@register.filter
def iso(moment: date) -> str:
    """For the `datetime` attribute of `<time>`."""
    return moment.isoformat()


@register.simple_tag
def time_to(last_second: datetime, now: datetime) -> TimeLeft | None:
    return time_left(now, last_second)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign beside a word that says the same: screen readers pass over it."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("icons/sprite.svg"),
        name,
    )


@register.filter
def tone_icon(tone: str) -> str:
    return TONE_ICONS[tone]


@register.filter
def tone(level_tag: str) -> str:
    """The tone of a message by its level."""
    return TONES[level_tag]


@register.simple_tag
def in_language(path: str, language: str) -> str:
    """The same page in `language`."""
    return translate_url(path, language)
