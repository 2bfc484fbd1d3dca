"""How a message of the outbox is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from notifications.enums import BOUNCES, STATES, TROUBLES
from notifications.rules.delivery import State
from notifications.rules.handling import NEED_A_PERSON, Bounce
from notifications.rules.trouble import trouble_of
from notifications.services.kinds import labels

register = template.Library()

SIGNS = {
    State.UNKNOWN: ("due", "exclamation-circle"),
    State.FAILED: ("refused", "x-circle"),
    State.BOUNCED: ("refused", "arrow-return-left"),
    State.QUEUED: ("quiet", "clock"),
    State.LEASED: ("quiet", "clock"),
    State.SENDING: ("action", "envelope"),
    State.SENT: ("done", "check-circle"),
    State.CANCELLED: ("quiet", "dash-circle"),
}


@register.inclusion_tag("pieces/chip.html")
def message_chip(state: str) -> dict[str, Any]:
    tone, icon = SIGNS[State(state)]
    return {"tone": tone, "icon": icon, "word": STATES[State(state)]}


@register.filter
def kind_label(name: str) -> str:
    return str(labels().get(name, name))


@register.filter
def trouble(error: str) -> str:
    """What the last attempt met, in plain words."""
    found = trouble_of(error)
    return str(TROUBLES[found]) if found else ""


@register.filter
def bounce_reason(bounce: str) -> str:
    return str(BOUNCES[Bounce(bounce)])


@register.filter
def for_a_person(counts: Mapping[State, int]) -> list[dict[str, Any]]:
    return _tallies(counts, NEED_A_PERSON)


@register.filter
def by_themselves(counts: Mapping[State, int]) -> list[dict[str, Any]]:
    return _tallies(counts, [state for state in STATES if state not in NEED_A_PERSON])


def _tallies(counts: Mapping[State, int], states: Iterable[State]) -> list[dict[str, Any]]:
    return [
        {"state": state.value, "word": STATES[state], "count": counts[state], "tone": SIGNS[state][0]}
        for state in states
    ]
