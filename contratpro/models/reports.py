"""What the reports of both projects have in common."""

from django.db import models

from common.models import StoredFile


class DepositedReport(models.Model):
    """A report as the student deposited it; a later one takes its place, and none is altered."""

    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(default=False, help_text="deposited after the last day")
    deposited_at = models.DateTimeField()

    class Meta:
        abstract = True
