"""From references to letters: what is known, worded in the recipient's language."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.utils import translation

from notifications.models import Notification
from notifications.services.kinds import Kind, kind_named

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str
    reply_to: str


def compose(rows: Sequence[Notification]) -> list[tuple[Notification, Letter | Exception]]:
    """A letter for each row, in order, or the error that kept it from being written; one bad row spoils no other."""
    letters: dict[int, Letter | Exception] = {}
    for name, group in groupby(sorted(rows, key=_kind_of), key=_kind_of):
        same = list(group)
        try:
            kind = kind_named(name)
        except LookupError as error:
            letters |= {row.pk: error for row in same}
        else:
            letters |= {row.pk: _letter(kind, row, facts) for row, facts in _with_facts(kind, same)}
    return [(row, letters[row.pk]) for row in rows]


def to_email(row: Notification, letter: Letter) -> EmailMultiAlternatives:
    headers = {"Message-ID": row.message_id, "Auto-Submitted": "auto-generated", "Content-Language": row.language}
    reply_to = [letter.reply_to] if letter.reply_to else None
    email = EmailMultiAlternatives(letter.subject, letter.text, to=[row.to], headers=headers, reply_to=reply_to)
    email.attach_alternative(letter.html, "text/html")
    return email


def _kind_of(row: Notification) -> str:
    return row.kind


def _with_facts(
    kind: Kind, rows: Sequence[Notification]
) -> list[tuple[Notification, Mapping[str, object] | Exception]]:
    try:
        return list(zip(rows, kind.build([row.refs for row in rows]), strict=True))
    except Exception as error:
        logger.exception("facts for %d messages of kind %s could not be gathered", len(rows), kind.name)
        if len(rows) == 1:
            return [(rows[0], error)]
    return [pair for row in rows for pair in _with_facts(kind, [row])]


def _letter(kind: Kind, row: Notification, facts: Mapping[str, object] | Exception) -> Letter | Exception:
    if isinstance(facts, Exception):
        return facts
    try:
        with translation.override(row.language):
            return _word(kind, row, facts)
    except Exception as error:
        logger.exception("message %s could not be written", row.pk)
        return error


def _word(kind: Kind, row: Notification, facts: Mapping[str, object]) -> Letter:
    known = {"reply_to": "", **facts, "language": row.language, "base_url": settings.BASE_URL}
    subject = " ".join(_render(f"{kind.template}/subject.txt", known, escape=False).split())[:SUBJECT_LENGTH]
    known["subject"] = subject
    return Letter(
        subject=subject,
        text=_tidy(_render(f"{kind.template}/body.txt", known, escape=False)),
        html=_render(f"{kind.template}/body.html", known, escape=True),
        reply_to=str(known["reply_to"]),
    )


def _render(name: str, facts: Mapping[str, object], *, escape: bool) -> str:
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(facts), autoescape=escape)))


def _tidy(text: str) -> str:
    """Without the holes that template tags leave: at most one empty line in a row."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip() + "\n"
