"""What is shown of the outbox, for 1,500,000 messages a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from notifications.models import Notification
from notifications.permissions import HANDLERS
from notifications.rules.delivery import State

Counts = Mapping[State, int]


@dataclass(frozen=True, slots=True)
class Health:
    """How the outbox does as a whole: counts, and since when the oldest message waits."""

    counts: Counts
    waiting_since: datetime | None


def handled_schools(user: User) -> list[int]:
    return list(schools_of(user, *HANDLERS).values_list("pk", flat=True))


def outbox(schools: Sequence[int]) -> QuerySet[Notification]:
    """The messages that leave from those schools, newest first, as `notification_list` has them."""
    return Notification.objects.filter(school__in=schools).order_by("-queued_at", "-pk")


def counts_of(schools: Sequence[int]) -> Counts:
    return _counts(Notification.objects.filter(school__in=schools))


def health(now: datetime) -> Health:
    due = Notification.objects.filter(state=State.QUEUED.value, due_at__lte=now)
    return Health(_counts(Notification.objects.all()), due.aggregate(since=Min("due_at"))["since"])


def correspondence(about: str, kinds: Sequence[str]) -> QuerySet[Notification]:
    """The messages of those kinds about a dossier, newest first; what was cancelled was never said."""
    rows = Notification.objects.filter(about=about, kind__in=kinds).exclude(state=State.CANCELLED.value)
    return rows.order_by("-queued_at", "-pk")


def _counts(rows: QuerySet[Notification]) -> Counts:
    found = dict(rows.order_by().values_list("state").annotate(count=Count("*")))
    return {state: found.get(state.value, 0) for state in State}
