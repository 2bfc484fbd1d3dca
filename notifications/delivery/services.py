"""Sends what is due: claimed on a lease, worded in the recipient's language, told to the database before the server."""

import logging
import re
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.template import Context, engines
from django.utils import translation

from common import leases
from common.jobs import nudge
from common.moves import move_unnoted
from notifications.delivery.rules import MAIL_LEASE, Fate, fate_of_code, next_action
from notifications.mails import Context as Facts
from notifications.mails import Mail, is_sensitive, mail_named
from notifications.models import Notification
from notifications.queue import DELIVER, mail_of
from notifications.states import MessageAction, MessageState

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = 200
SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class ComposedMail:
    subject: str
    text: str
    html: str
    reply_to: str


class NothingToSayError(Exception):
    """What a message was to tell is not true any more."""


def compose(rows: Sequence[Notification]) -> list[tuple[Notification, ComposedMail | Exception]]:
    """A letter for each row, in order, or the error that kept it from being written; one bad row spoils no other."""
    letters: dict[int, ComposedMail | Exception] = {}
    for name, group in groupby(sorted(rows, key=_kind_of), key=_kind_of):
        same = list(group)
        try:
            mail = mail_named(name)
        except LookupError as error:
            letters |= {row.pk: error for row in same}
        else:
            letters |= {row.pk: _letter(mail, row, facts) for row, facts in _with_facts(mail, same)}
    return [(row, letters[row.pk]) for row in rows]


def compose_sample(mail: type[Mail], language: str, sample: Facts) -> ComposedMail:
    return _word(mail, language, sample)


def to_email(row: Notification, letter: ComposedMail) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": row.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": row.language,
    }
    reply_to = [letter.reply_to] if letter.reply_to else None
    email = EmailMultiAlternatives(
        letter.subject, letter.text, to=[row.to], headers=headers, reply_to=reply_to
    )
    email.attach_alternative(letter.html, "text/html")
    return email


def _kind_of(row: Notification) -> str:
    return row.kind


def _with_facts(
    mail: type[Mail], rows: Sequence[Notification]
) -> list[tuple[Notification, Facts | Exception]]:
    try:
        found = mail.read([mail_of(row) for row in rows])
        said = [NothingToSayError() if facts is None else facts for facts in found]
        return list(zip(rows, said, strict=True))
    except Exception as error:
        logger.exception(
            "facts for %d messages of kind %s could not be gathered", len(rows), mail.name
        )
        if len(rows) == 1:
            return [(rows[0], error)]
    return [pair for row in rows for pair in _with_facts(mail, [row])]


def _letter(
    mail: type[Mail], row: Notification, facts: Facts | Exception
) -> ComposedMail | Exception:
    if isinstance(facts, Exception):
        return facts
    try:
        return _word(mail, row.language, facts)
    except Exception as error:
        logger.exception("message %s could not be written", row.pk)
        return error


def _one_line(text: str) -> str:
    """Its no-break spaces stay."""
    return SPACES.sub(" ", text).strip(" ")


def _word(mail: type[Mail], language: str, facts: Facts) -> ComposedMail:
    folder = mail.folder()
    known = {"reply_to": "", **facts, "language": language, "base_url": settings.BASE_URL}
    with translation.override(language):
        subject = _one_line(_render(f"{folder}/subject.txt", known, escape=False))
        known["subject"] = subject[:SUBJECT_LENGTH]
        return ComposedMail(
            subject=subject[:SUBJECT_LENGTH],
            text=_tidy(_render(f"{folder}/body.txt", known, escape=False)),
            html=_render(f"{folder}/body.html", known, escape=True),
            reply_to=str(known["reply_to"]),
        )


def _render(name: str, facts: Facts, *, escape: bool) -> str:
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(facts), autoescape=escape)))


def _tidy(text: str) -> str:
    """Without the holes that template tags leave: at most one empty line in a row."""
    return (
        re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip() + "\n"
    )


OK = 250
OUT_OF_REACH = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    fate: Fate
    reason: str = ""


class MailLine:
    """One connection, opened when it is needed, used for message after message."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def connect(self) -> bool:
        """Open the line unless it is open; before each message, so that a line that died meanwhile is no doubt."""
        smtp = getattr(self._connection, "connection", None)
        if smtp is not None and _answers(smtp):
            return True
        self._close()
        try:
            self._connection.open()
        except OUT_OF_REACH as error:
            logger.warning("the mail server cannot be reached: %s", error)
            return False
        return True

    def send(self, email: EmailMessage) -> ServerAnswer:
        try:
            self._connection.send_messages([email])
        except OUT_OF_REACH as error:
            return understand(error)
        except Exception as error:
            logger.exception("a message could not be put into bytes")
            return ServerAnswer(Fate.LATER, reason_of(error))
        return ServerAnswer(Fate.ACCEPTED)

    def _close(self) -> None:
        try:
            self._connection.close()
        except OUT_OF_REACH:
            logger.debug("the mail server had hung up first")


def understand(error: Exception) -> ServerAnswer:
    """What became of a message that the line did not take."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = next(iter(error.recipients.values()))[0]
            return ServerAnswer(fate_of_code(code), reason_of(error))
        case smtplib.SMTPSenderRefused():  # our own address: a mistake of set-up must lose no message
            return ServerAnswer(Fate.LATER, reason_of(error))
        case smtplib.SMTPResponseException():
            return ServerAnswer(fate_of_code(error.smtp_code), reason_of(error))
        case smtplib.SMTPNotSupportedError():
            return ServerAnswer(Fate.REFUSED, reason_of(error))
        case _:  # the line dropped: perhaps before the message was taken, perhaps after
            return ServerAnswer(Fate.UNKNOWN, reason_of(error))


def reason_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _answers(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == OK
    except OUT_OF_REACH:
        return False


Clock = Callable[[], datetime]
BATCH = 20
IN_TURN = ("priority", "due_at", "pk")  # in the order of `notification_next`
RUN_FOR = timedelta(minutes=3)  # then another run takes over, well before the limit of a task
OUTAGE = timedelta(minutes=1)  # how long a server that is away, or has hung up, is left in peace


def deliver(*, clock: Clock) -> None:
    """Send what is due, one message at a time, until nothing is left or it has been long enough."""
    stop_at = clock() + RUN_FOR
    with MailLine() as line:
        while batch := claim(now=clock()):
            waiting = compose(batch)
            while waiting and clock() < stop_at and line.connect():
                _send(*waiting.pop(0), line, clock)
            if waiting:
                _give_back([row for row, _ in waiting], clock(), is_outage=clock() < stop_at)
                return
            if len(batch) < BATCH:
                return  # nothing was left; what is queued since has a nudge of its own


def claim(*, now: datetime) -> list[Notification]:
    """Take the next messages that are due; nobody else has them before the lease is over."""
    with transaction.atomic():
        due = Notification.objects.filter(state=MessageState.QUEUED, due_at__lte=now).order_by(
            *IN_TURN
        )
        free = [row.pk for row in due.select_for_update(skip_locked=True, of=("self",))[:BATCH]]
        if not free:
            return []
        rows = Notification.objects.filter(pk__in=free)
        leases.claim(rows, MessageAction.CLAIM, MAIL_LEASE, now)
        return list(rows.order_by(*IN_TURN))


def expire(*, now: datetime) -> None:
    """Free what a dead process held. What it was sending when it died is in doubt."""
    over = leases.left_behind(Notification.objects.all(), now)
    move_unnoted(over, MessageAction.EXPIRE, MessageState.LEASED)
    for row in over.filter(state=MessageState.SENDING):
        _settle(row, ServerAnswer(Fate.UNKNOWN, "its process died"), now)


def sweep(now: datetime) -> None:
    expire(now=now)
    if Notification.objects.filter(state=MessageState.QUEUED, due_at__lte=now).exists():
        nudge(DELIVER)


def _send(
    row: Notification, letter: ComposedMail | Exception, line: MailLine, clock: Clock
) -> None:
    if isinstance(letter, NothingToSayError):
        forgotten: dict[str, object] = {"refs": {}} if is_sensitive(row.kind) else {}
        leases.settle(row, MessageAction.DROP, MessageState.LEASED, **forgotten)
        return
    words = (
        {"subject": letter.subject, "body": letter.text} if isinstance(letter, ComposedMail) else {}
    )
    kept = {} if is_sensitive(row.kind) else words
    more = {"attempts": F("attempts") + 1, **kept}
    if not leases.renew(row, MessageAction.START, MAIL_LEASE, clock(), **more):
        return  # the lease was over, and somebody else has taken the message since
    row.attempts += 1
    answer = (
        line.send(to_email(row, letter))
        if isinstance(letter, ComposedMail)
        else ServerAnswer(Fate.LATER, reason_of(letter))
    )
    _settle(row, answer, clock())


def _settle(row: Notification, answer: ServerAnswer, now: datetime) -> None:
    """Write what became of a message that was being sent."""
    action = next_action(answer.fate, attempts=row.attempts, doubts=row.doubts)
    fields: dict[str, object] = {"last_error": answer.reason}
    if answer.fate is Fate.UNKNOWN:
        fields["doubts"] = row.doubts + 1
    if action is MessageAction.ACCEPTED:
        fields["sent_at"] = now
    elif action is MessageAction.LATER:
        fields["due_at"] = now + MAIL_LEASE.pause(row.attempts)
    elif action is MessageAction.EXPIRE:
        fields["due_at"] = now + OUTAGE
    if is_sensitive(row.kind) and action not in {MessageAction.LATER, MessageAction.EXPIRE}:
        fields["refs"] = {}
    leases.settle(row, action, MessageState.SENDING, **fields)


def _give_back(rows: Sequence[Notification], now: datetime, *, is_outage: bool) -> None:
    """Return what was claimed and not begun: to the next run at once, or to a later one if the server is away."""
    fields = {"due_at": now + OUTAGE} if is_outage else {}
    for row in rows:
        leases.settle(row, MessageAction.EXPIRE, MessageState.LEASED, **fields)
    if not is_outage:
        nudge(DELIVER)
