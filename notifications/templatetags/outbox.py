"""How a message of the outbox is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from notifications.mails import labels
from notifications.outbox.presentation import BOUNCES, STATES, TROUBLES
from notifications.outbox.rules import NEED_A_PERSON, trouble_of
from notifications.states import Bounce, MessageState

register = template.Library()

SIGNS = {
    MessageState.UNKNOWN: ("due", "exclamation-circle"),
    MessageState.FAILED: ("refused", "x-circle"),
    MessageState.BOUNCED: ("refused", "arrow-return-left"),
    MessageState.QUEUED: ("quiet", "clock"),
    MessageState.LEASED: ("quiet", "clock"),
    MessageState.SENDING: ("action", "envelope"),
    MessageState.SENT: ("done", "check-circle"),
    MessageState.CANCELLED: ("quiet", "dash-circle"),
}


@register.inclusion_tag("pieces/chip.html")
def message_chip(state: str) -> dict[str, Any]:
    tone, icon = SIGNS[MessageState(state)]
    return {"tone": tone, "icon": icon, "word": STATES[MessageState(state)]}


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
def for_a_person(counts: Mapping[MessageState, int]) -> list[dict[str, Any]]:
    return _tallies(counts, NEED_A_PERSON)


@register.filter
def by_themselves(counts: Mapping[MessageState, int]) -> list[dict[str, Any]]:
    return _tallies(counts, [state for state in STATES if state not in NEED_A_PERSON])


def _tallies(
    counts: Mapping[MessageState, int], states: Iterable[MessageState]
) -> list[dict[str, Any]]:
    return [
        {
            "state": state,
            "word": STATES[state],
            "count": counts[state],
            "tone": SIGNS[state][0],
        }
        for state in states
    ]
