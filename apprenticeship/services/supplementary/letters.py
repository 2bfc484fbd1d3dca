"""What the candidates of a supplementary list are told by e-mail: written in the transaction of the fact."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from admissions.services.messages import about
from apprenticeship.models import SupplementaryEntry
from apprenticeship.rules.supplementary import Leaving
from notifications.services import Kind, Message, enqueue

Refs = Mapping[str, str]
Context = Mapping[str, object]
LISTED = "apprenticeship.trainee_listed"
LEFT = "apprenticeship.trainee_left"


def tell_listed(entries: Sequence[SupplementaryEntry], starts_on: date, now: datetime) -> None:
    refs = {"starts_on": starts_on.isoformat()}
    enqueue([message for entry in entries for message in _message(entry, LISTED, refs)], now=now)


def tell_left(entry: SupplementaryEntry, why: Leaving, now: datetime) -> None:
    enqueue(_message(entry, LEFT, {"why": why.value}), now=now)


def _message(entry: SupplementaryEntry, kind: str, refs: Refs) -> list[Message]:
    candidacy = entry.candidacy
    user = candidacy.application.person.user
    if user is None:
        return []
    return [
        Message(
            kind=kind,
            dedupe_key=f"{kind}:{candidacy.ref}",
            to=user.email,
            language=user.language,
            refs={"candidacy": candidacy.ref, **refs},
            school_id=candidacy.programme.school_id,
            about=candidacy.application.ref,
        )
    ]


def build(batch: Sequence[Refs]) -> Sequence[Context]:
    related = ("candidacy__application__campaign", "candidacy__application__person", "candidacy__programme")
    rows = SupplementaryEntry.objects.select_related(*related)
    entries = {row.candidacy.ref: row for row in rows.filter(candidacy__ref__in={refs["candidacy"] for refs in batch})}
    return [_context(entries[refs["candidacy"]], refs) for refs in batch]


def _context(entry: SupplementaryEntry, refs: Refs) -> Context:
    return {
        **about(entry.candidacy.application, ()),
        "programme": entry.candidacy.programme.title,
        "rank": entry.rank,
        "until": entry.until,
        "starts_on": date.fromisoformat(refs["starts_on"]) if "starts_on" in refs else None,
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
