from django.db import models
from django.db.models import Q

from accounts.models import School
from notifications.rules.delivery import State

STATES = {state.value: state.value for state in State}
ON_LEASE = [State.LEASED.value, State.SENDING.value]


class Notification(models.Model):
    """One message of the outbox, written in the transaction that gives rise to it."""

    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=2)
    to = models.EmailField()
    refs = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=State.QUEUED.value)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_sent_at_iff_sent",
                condition=Q(state=State.SENT.value, sent_at__isnull=False)
                | (~Q(state=State.SENT.value) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notification_lease_iff_claimed",
                condition=Q(state__in=ON_LEASE, lease_until__isnull=False)
                | (~Q(state__in=ON_LEASE) & Q(lease_until__isnull=True)),
            ),
        ]
        indexes = [
            models.Index("state", "due_at", name="notification_due"),  # the delivery
        ]

    def __str__(self) -> str:
        return self.dedupe_key
