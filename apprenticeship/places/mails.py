"""What candidates are told of their place and of the supplementary list."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from admissions.dossier.mails import about
from admissions.models import Candidacy
from apprenticeship.models import Seat, SupplementaryEntry
from apprenticeship.places.rules import Leaving
from apprenticeship.places.selectors import day_in, day_of_candidacy
from notifications.mails import Context, Kind, Refs
from notifications.queue import Message, enqueue


def mail_about(
    candidacy: Candidacy, kind: str, refs: Refs | None = None, *, key: str = ""
) -> list[Message]:
    """Told once, or once for each key; none to someone without an account."""
    user = candidacy.application.person.user
    if user is None:
        return []
    return [
        Message(
            kind=kind,
            dedupe_key=f"{kind}:{key or candidacy.ref}",
            to=user.email,
            language=user.language,
            refs={"candidacy": candidacy.ref, **(refs or {})},
            school_id=candidacy.programme.school_id,
            about=candidacy.application.ref,
        )
    ]


def about_candidacy(candidacy: Candidacy) -> Context:
    """What every such letter says: the dossier, its campaign, the programme."""
    return {**about(candidacy.application, ()), "programme": candidacy.programme.title}


PLACE_HELD = "apprenticeship.place_held"
PLACE_LOST = "apprenticeship.place_lost"


def tell_held(seats: Sequence[Seat], now: datetime) -> None:
    """A place became free for those who waited."""
    _tell(seats, PLACE_HELD, now)


def tell_released(seat: Seat, now: datetime) -> None:
    """The place was given back, for the reason that its row says."""
    _tell([seat], PLACE_LOST, now)


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


def build_places(batch: Sequence[Refs]) -> Sequence[Context]:
    related = (
        "application__campaign",
        "application__person",
        "project__candidacy__programme",
        "project__company",
    )
    entry = "project__candidacy__supplementary_entry"
    rows = Seat.objects.select_related(*related, entry).filter(
        ref__in={refs["seat"] for refs in batch}
    )
    seats = {row.ref: row for row in rows}
    return [_place_facts(seats[refs["seat"]]) for refs in batch]


def _place_facts(seat: Seat) -> Context:
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


LISTED = "apprenticeship.trainee_listed"
LEFT = "apprenticeship.trainee_left"


def tell_listed(entries: Sequence[SupplementaryEntry], starts_on: date, now: datetime) -> None:
    refs = {"starts_on": starts_on.isoformat()}
    enqueue(
        [message for entry in entries for message in mail_about(entry.candidacy, LISTED, refs)],
        now=now,
    )


def tell_left(entry: SupplementaryEntry, why: Leaving, now: datetime) -> None:
    enqueue(mail_about(entry.candidacy, LEFT, {"why": why}), now=now)


def build_trainees(batch: Sequence[Refs]) -> Sequence[Context]:
    related = (
        "candidacy__application__campaign",
        "candidacy__application__person",
        "candidacy__programme",
        "programme",
    )
    rows = SupplementaryEntry.objects.select_related(*related)
    entries = {
        row.candidacy.ref: row
        for row in rows.filter(candidacy__ref__in={refs["candidacy"] for refs in batch})
    }
    return [_trainee_facts(entries[refs["candidacy"]], refs) for refs in batch]


def _trainee_facts(entry: SupplementaryEntry, refs: Refs) -> Context:
    starts_on = date.fromisoformat(refs["starts_on"]) if "starts_on" in refs else None
    return {
        **about_candidacy(entry.candidacy),
        "programme": entry.programme.title,
        "rank": entry.rank,
        "until": entry.until,
        "starts_on": starts_on,
        "has_begun": starts_on is not None
        and starts_on < day_of_candidacy(entry.candidacy, entry.listed_at),
        "why": refs.get("why", ""),
    }


TRANSFERRED = "apprenticeship.transferred"


def build_transfers(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("application__campaign__organiser", "application__person", "programme__campaign")
    rows = Candidacy.objects.select_related(*related).filter(
        ref__in={refs["candidacy"] for refs in batch}
    )
    candidacies = {row.ref: row for row in rows.prefetch_related("programme__campaign__programmes")}
    return [_transfer_facts(candidacies[refs["candidacy"]], refs) for refs in batch]


def _transfer_facts(candidacy: Candidacy, refs: Refs) -> Context:
    titles = {row.code: row.title for row in candidacy.programme.campaign.programmes.all()}
    return {
        **about(candidacy.application, ()),
        "source": titles[refs["from"]],
        "target": titles[refs["to"]],
    }


KINDS = (
    Kind(
        name=PLACE_HELD,
        template="apprenticeship/places/mail/place_held",
        build=build_places,
        readable=True,
        label=_("Place held"),
    ),
    Kind(
        name=PLACE_LOST,
        template="apprenticeship/places/mail/place_lost",
        build=build_places,
        readable=True,
        label=_("Place lost"),
    ),
    Kind(
        name=LISTED,
        template="apprenticeship/places/mail/trainee_listed",
        build=build_trainees,
        readable=True,
        label=_("Supplementary list"),
    ),
    Kind(
        name=LEFT,
        template="apprenticeship/places/mail/trainee_left",
        build=build_trainees,
        readable=True,
        label=_("End of the supplementary list"),
    ),
    Kind(
        name=TRANSFERRED,
        template="apprenticeship/places/mail/transferred",
        build=build_transfers,
        readable=True,
        label=_("Transfer to another programme"),
    ),
)
