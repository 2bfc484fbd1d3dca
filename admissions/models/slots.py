from django.db import models
from django.db.models import F, Q

from campaigns.models import Assessment
from common.refs import REF_LENGTH, new_ref


class Slot(models.Model):
    """An hour or a day of a test that candidates book, first come first served (R-SEL-7)."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField(help_text="candidates")
    place = models.CharField(
        max_length=200, blank=True, help_text="a room, or the address of a video call"
    )

    class Meta:
        ordering = ("assessment", "starts_at", "place")
        constraints = [
            models.UniqueConstraint("assessment", "starts_at", "place", name="slot_once"),
            models.CheckConstraint(
                name="slot_starts_before_it_ends", condition=Q(starts_at__lt=F("ends_at"))
            ),
            models.CheckConstraint(name="slot_for_somebody", condition=Q(capacity__gte=1)),
        ]

    def __str__(self) -> str:
        return self.ref
