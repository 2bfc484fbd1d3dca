from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q

from accounts.models import School
from common.fields import EnumField, Leased, Subject
from notifications.states import MESSAGE_MOVES, Bounce, MessageState, Priority

DELIVERED = [MessageState.SENT.value, MessageState.BOUNCED.value]
ON_LEASE = [MessageState.LEASED.value, MessageState.SENDING.value]


class Notification(Leased):
    """One message of the outbox, written in the transaction that gives rise to it."""

    moves = MESSAGE_MOVES
    compared = ("lease_until",)
    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=2)
    to = models.EmailField()
    about = models.CharField(
        max_length=40, blank=True, help_text="the dossier that it belongs to, by its reference"
    )
    refs = models.JSONField(default=dict)
    priority = models.PositiveSmallIntegerField(default=Priority.NORMAL.value)
    queued_at = models.DateTimeField()
    state = EnumField(max_length=10, enum=MessageState, default=MessageState.QUEUED)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounce = EnumField(max_length=20, blank=True, enum=Bounce)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_sent_at_iff_sent",
                condition=Q(state__in=DELIVERED, sent_at__isnull=False)
                | (~Q(state__in=DELIVERED) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="notification_bounce_iff_bounced",
                condition=(Q(state=MessageState.BOUNCED.value) & ~Q(bounce=""))
                | (~Q(state=MessageState.BOUNCED.value) & Q(bounce="")),
            ),
            models.CheckConstraint(
                name="notification_lease_iff_claimed",
                condition=Q(state__in=ON_LEASE, lease_until__isnull=False)
                | (~Q(state__in=ON_LEASE) & Q(lease_until__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                "state", "priority", "due_at", "id", name="notification_next"
            ),  # the delivery
            models.Index(
                "lease_until", name="notification_leased", condition=Q(lease_until__isnull=False)
            ),  # the sweep
            models.Index(
                "about", "queued_at", name="notification_about"
            ),  # the messages of a dossier
            models.Index("school", "queued_at", name="notification_list"),  # the outbox, whole
            models.Index(
                "school", "state", "queued_at", name="notification_state"
            ),  # by state, and its counts
            models.Index("school", "kind", "queued_at", name="notification_kind"),  # by kind
        ]

    def __str__(self) -> str:
        return self.dedupe_key

    @classmethod
    def written_with(cls, _action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        return {} if target in ON_LEASE else {"lease_until": None}

    def in_journal(self) -> Subject:
        said = {"kind": self.kind, "about": self.about}
        return Subject("message", str(self.pk), self.school.slug if self.school else "", said)
