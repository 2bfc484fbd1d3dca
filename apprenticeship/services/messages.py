"""What candidates are told of their place by e-mail: written in the transaction of the fact."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from apprenticeship.models import Seat, SupplementaryEntry
from apprenticeship.services.access import day_in
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue

HELD = "apprenticeship.place_held"
LOST = "apprenticeship.place_lost"


def tell_risen(seats: Sequence[Seat], now: datetime) -> None:
    """A place became free for those who waited."""
    _tell(seats, HELD, now)


def tell_released(seat: Seat, now: datetime) -> None:
    """The place was given back, for the reason that its row says."""
    _tell([seat], LOST, now)


def _tell(seats: Sequence[Seat], kind: str, now: datetime) -> None:
    enqueue([message for seat in seats for message in _message(seat, kind)], now=now)


def _message(seat: Seat, kind: str) -> list[Message]:
    user = seat.application.person.user
    if user is None:
        return []
    return [
        Message(
            kind=kind,
            dedupe_key=f"{kind}:{seat.ref}",
            to=user.email,
            language=user.language,
            refs={"seat": seat.ref},
            about=seat.application.ref,
            school_id=seat.application.campaign.organiser_id,
        )
    ]


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign", "application__person", "project__candidacy__programme", "project__company")
    entry = "project__candidacy__supplementary_entry"
    rows = Seat.objects.select_related(*related, entry).filter(ref__in={refs["seat"] for refs in batch})
    seats = {row.ref: row for row in rows}
    return [_context(seats[refs["seat"]]) for refs in batch]


def _context(seat: Seat) -> Context:
    campaign = seat.application.campaign
    return {
        "ref": seat.application.ref,
        "name": seat.application.person.full_name,
        "campaign": campaign.title,
        "zone": campaign.zone,
        "programme": seat.project.candidacy.programme.title,
        "company": str(seat.project.company or ""),
        "held_at": seat.held_at,
        "released_at": seat.released_at,
        "reason": seat.released_why,
        "may_search": not _list_is_over(seat),
        "contact": campaign.contact,
        "reply_to": campaign.contact["email"],
    }


def _list_is_over(seat: Seat) -> bool:
    """Whether the place of a trainee was given back after the last day to sign (R-JOB-6)."""
    entry: SupplementaryEntry | None = getattr(seat.project.candidacy, "supplementary_entry", None)
    if entry is None or seat.released_at is None:
        return False
    return day_in(seat.application.campaign, seat.released_at) > entry.until


KINDS = (
    Kind(name=HELD, template="apprenticeship/mail/place_held", build=build, readable=True, label=_("Place held")),
    Kind(name=LOST, template="apprenticeship/mail/place_lost", build=build, readable=True, label=_("Place lost")),
)
