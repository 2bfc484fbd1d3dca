"""What the rows of versions have in common. Each names its draft, and constrains its numbers by it."""

from django.db import models


class DraftVersion(models.Model):
    """A text as it was sent, each time that it was. Never changed."""

    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    by = models.CharField(max_length=60, blank=True, help_text="kind and reference of the actor")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"version {self.number}"
