"""Sends what is due: claimed on a lease, told to the database just before it is told to the mail server."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from common.jobs import nudge
from notifications.models import Notification
from notifications.rules.delivery import LEASE, Action, Fate, State, back_off, next_action
from notifications.services.composing import Letter, compose, to_email
from notifications.services.kinds import is_sensitive
from notifications.services.line import Answer, Line, reason_of
from notifications.services.moves import move, move_all
from notifications.services.outbox import DELIVER

Clock = Callable[[], datetime]
BATCH = 20
IN_TURN = ("priority", "due_at", "pk")  # in the order of `notification_next`
RUN_FOR = timedelta(minutes=3)  # then another run takes over, well before the limit of a task
OUTAGE = timedelta(minutes=1)  # how long a server that is away, or has hung up, is left in peace


def deliver(*, clock: Clock) -> None:
    """Send what is due, one message at a time, until nothing is left or it has been long enough."""
    stop_at = clock() + RUN_FOR
    with Line() as line:
        while batch := claim(now=clock()):
            waiting = compose(batch)
            while waiting and clock() < stop_at and line.connect():
                _send(*waiting.pop(0), line, clock)
            if waiting:
                _give_back([row for row, _ in waiting], clock(), is_outage=clock() < stop_at)
                return


def claim(*, now: datetime) -> list[Notification]:
    """Take the next messages that are due; nobody else has them before the lease is over."""
    with transaction.atomic():
        due = Notification.objects.filter(state=State.QUEUED.value, due_at__lte=now).order_by(*IN_TURN)
        free = [row.pk for row in due.select_for_update(skip_locked=True, of=("self",))[:BATCH]]
        if not free:
            return []
        rows = Notification.objects.filter(pk__in=free)
        move_all(rows, State.QUEUED, Action.CLAIM, lease_until=now + LEASE)
        return list(rows.order_by(*IN_TURN))


def expire(*, now: datetime) -> None:
    """Free what a dead process held. What it was sending when it died is in doubt."""
    over = Notification.objects.filter(lease_until__lt=now)
    move_all(over, State.LEASED, Action.EXPIRE)
    for row in over.filter(state=State.SENDING.value):
        _settle(row, Answer(Fate.UNKNOWN, "its process died"), now)


def sweep(now: datetime) -> None:
    expire(now=now)
    if Notification.objects.filter(state=State.QUEUED.value, due_at__lte=now).exists():
        nudge(DELIVER)


def _send(row: Notification, letter: Letter | Exception, line: Line, clock: Clock) -> None:
    lease_until = clock() + LEASE
    words = {"subject": letter.subject, "body": letter.text} if isinstance(letter, Letter) else {}
    kept = {} if is_sensitive(row.kind) else words
    if not move(row, State.LEASED, Action.START, lease_until=lease_until, attempts=F("attempts") + 1, **kept):
        return  # the lease was over, and somebody else has taken the message since
    row.lease_until = lease_until
    row.attempts += 1
    answer = line.send(to_email(row, letter)) if isinstance(letter, Letter) else Answer(Fate.LATER, reason_of(letter))
    _settle(row, answer, clock())


def _settle(row: Notification, answer: Answer, now: datetime) -> None:
    """Write what became of a message that was being sent."""
    action = next_action(answer.fate, attempts=row.attempts, doubts=row.doubts)
    fields: dict[str, object] = {"last_error": answer.reason}
    if answer.fate is Fate.UNKNOWN:
        fields["doubts"] = row.doubts + 1
    if action is Action.ACCEPTED:
        fields["sent_at"] = now
    elif action is Action.LATER:
        fields["due_at"] = now + back_off(row.attempts)
    elif action is Action.EXPIRE:
        fields["due_at"] = now + OUTAGE
    if is_sensitive(row.kind) and action not in {Action.LATER, Action.EXPIRE}:
        fields["refs"] = {}
    move(row, State.SENDING, action, **fields)


def _give_back(rows: Sequence[Notification], now: datetime, *, is_outage: bool) -> None:
    """Return what was claimed and not begun: to the next run at once, or to a later one if the server is away."""
    fields = {"due_at": now + OUTAGE} if is_outage else {}
    for row in rows:
        move(row, State.LEASED, Action.EXPIRE, **fields)
    if not is_outage:
        nudge(DELIVER)
