"""The messages of a dossier, for the person whom they were written to."""

from dataclasses import dataclass
from datetime import datetime

from notifications.models import Notification
from notifications.rules.delivery import State
from notifications.rules.handling import NEED_A_PERSON
from notifications.selectors import correspondence
from notifications.services.composing import Letter, compose
from notifications.services.kinds import readable_kinds

ON_THE_WAY = (State.QUEUED, State.LEASED, State.SENDING)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """`sent_at` is empty until the mail server has taken it; `undelivered`: it may never have arrived."""

    subject: str
    text: str
    language: str
    to: str
    queued_at: datetime
    sent_at: datetime | None
    on_the_way: bool
    undelivered: bool


def letters_about(ref: str) -> list[SentLetter]:
    """What was written to the person whom the dossier belongs to, newest first; nothing that was written to others."""
    rows = list(correspondence(ref, readable_kinds()))
    unwritten = {row.pk: letter for row, letter in compose([row for row in rows if not row.body])}
    return [_letter(row, unwritten.get(row.pk)) for row in rows]


def _letter(row: Notification, draft: Letter | Exception | None) -> SentLetter:
    state = State(row.state)
    return SentLetter(
        subject=draft.subject if isinstance(draft, Letter) else row.subject,
        text=row.body,
        language=row.language,
        to=row.to,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        on_the_way=state in ON_THE_WAY,
        undelivered=state in NEED_A_PERSON,
    )
