"""What the candidates of a supplementary list are told by e-mail: written in the transaction of the fact."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.supplementary import Leaving
from apprenticeship.services.access import day_of
from apprenticeship.services.letters import letter, said_of
from notifications.mails import Context, Kind, Refs
from notifications.queue import enqueue

LISTED = "apprenticeship.trainee_listed"
LEFT = "apprenticeship.trainee_left"


def tell_listed(entries: Sequence[SupplementaryEntry], starts_on: date, now: datetime) -> None:
    refs = {"starts_on": starts_on.isoformat()}
    enqueue([message for entry in entries for message in letter(entry.candidacy, LISTED, refs)], now=now)


def tell_left(entry: SupplementaryEntry, why: Leaving, now: datetime) -> None:
    enqueue(letter(entry.candidacy, LEFT, {"why": why.value}), now=now)


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = (
        "candidacy__application__campaign",
        "candidacy__application__person",
        "candidacy__programme",
        "programme",
    )
    rows = SupplementaryEntry.objects.select_related(*related)
    entries = {row.candidacy.ref: row for row in rows.filter(candidacy__ref__in={refs["candidacy"] for refs in batch})}
    return [_context(entries[refs["candidacy"]], refs) for refs in batch]


def _context(entry: SupplementaryEntry, refs: Refs) -> Context:
    starts_on = date.fromisoformat(refs["starts_on"]) if "starts_on" in refs else None
    return {
        **said_of(entry.candidacy),
        "programme": entry.programme.title,
        "rank": entry.rank,
        "until": entry.until,
        "starts_on": starts_on,
        "has_begun": starts_on is not None and starts_on < day_of(entry.candidacy, entry.listed_at),
        "why": refs.get("why", ""),
    }


KINDS = (
    Kind(
        name=LISTED,
        template="apprenticeship/mail/trainee_listed",
        build=build,
        readable=True,
        label=_("Supplementary list"),
    ),
    Kind(
        name=LEFT,
        template="apprenticeship/mail/trainee_left",
        build=build,
        readable=True,
        label=_("End of the supplementary list"),
    ),
)
