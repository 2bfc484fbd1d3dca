"""How a place, what it rests on and what leads to the admission are shown."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from admissions.dossier.selectors.read_model import ProofRow
from admissions.enums import REASONS, DocumentState
from admissions.models import Seat
from admissions.places.presentation import condition_title, turn
from admissions.states import SeatState

register = template.Library()
register.filter(condition_title)
register.filter(turn)


@register.inclusion_tag("pieces/chip.html")
def seat_chip(seat: Seat | None) -> dict[str, Any]:
    if seat is None:
        return _chip("quiet", "circle", _("No place asked for"))
    if seat.state == SeatState.HELD:
        return _chip(
            "done", "check-circle", _("Place %(number)d held") % {"number": seat.place_no or 0}
        )
    return _chip("due", "hourglass-split", _("Waiting for a place"))


@register.inclusion_tag("pieces/chip.html")
def proof_chip(proof: ProofRow) -> dict[str, Any]:
    match proof.state:
        case DocumentState.ACCEPTED:
            return _chip("done", "check-circle", _("accepted"))
        case DocumentState.GIVEN:
            return _chip("action", "inbox", _("supplied, to be checked"))
        case DocumentState.REFUSED:
            return _chip("refused", "x-circle", _("refused"))
        case _:
            return _chip("due", "clock", _("not supplied"))


@register.filter
def reason_words(reason: str) -> str:
    """What was typed, or the words of what the product itself noted."""
    return str(REASONS.get(reason, reason))


def _chip(tone: str, icon: str, word: str) -> dict[str, Any]:
    return {"tone": tone, "icon": icon, "word": word, "date": ""}
