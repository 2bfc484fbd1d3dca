from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import EnumField, Leased
from common.refs import REF_LENGTH, new_ref
from common.states import JOB_MOVES, JobState


class Job(Leased):
    """Work to be done in the background. This row is the truth, the broker's message a nudge."""

    moves = JOB_MOVES
    compared = ("attempts",)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    ids = models.JSONField(default=dict)
    run_at = models.DateTimeField()
    state = EnumField(max_length=10, enum=JobState, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_lease_iff_running",
                condition=Q(state=JobState.RUNNING.value, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING.value) & Q(lease_until__isnull=True)),
            ),
        ]
        indexes = [models.Index("state", "run_at", name="job_due")]  # the sweep

    def __str__(self) -> str:
        return self.key

    @classmethod
    def written_with(cls, _action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        return {} if target is JobState.RUNNING else {"lease_until": None}


class Pulse(models.Model):
    """When a part of the machinery was last at work, for whoever asks whether it still is."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class JournalEntry(models.Model):
    """What was done, when, by whom, to which object. Append-only: triggers refuse an update.

    Holds ids, codes and names of changed fields, never the values of personal ones.
    """

    at = models.DateTimeField(_("date"))
    actor_kind = models.CharField(_("kind of actor"), max_length=10)
    actor_ref = models.CharField(_("actor"), max_length=40, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=40, blank=True)
    verb = models.CharField(_("verb"), max_length=60)
    scope = models.CharField(
        _("scope"), max_length=80, help_text=_("campaign slug, or school slug")
    )
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_ref = models.CharField(_("object"), max_length=80)
    from_state = models.CharField(_("state before"), max_length=20, blank=True)
    to_state = models.CharField(_("state after"), max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(_("data"), default=dict)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index("object_type", "object_ref", "at", name="journal_of_object"),
            models.Index("scope", "at", name="journal_of_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_ref}"


class StoredFile(models.Model):
    """A private file: its bytes lie in the storage, served only through an authorising view."""

    class State(models.TextChoices):
        KEPT = "kept"
        DROPPED = "dropped"  # nothing points to it: the purge removes its bytes
        DESTROYED = "destroyed"  # its term is over: its bytes are gone, its row says since when

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120, help_text="shown to people, never a path")
    purpose = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    state = EnumField(max_length=10, enum=State, default=State.KEPT)
    purge_after = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    content = models.FileField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="file_has_bytes", condition=Q(bytes__gte=0)),
            models.CheckConstraint(
                name="file_destroyed_since",
                condition=~Q(state="destroyed")
                | Q(destroyed_at__isnull=False, name="", content=""),
            ),
        ]
        indexes = [models.Index("state", "purge_after", name="file_to_purge")]

    def __str__(self) -> str:
        return self.name


class DocumentVersion(models.Model):
    """What a data file said, whole, as it stood. The owner's number counts from 1; a version is never changed."""

    number = models.PositiveSmallIntegerField(_("number"))
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.CharField(_("author"), max_length=60, blank=True)
    at = models.DateTimeField(_("date"))

    class Meta:
        abstract = True


class LocalizedTextField(models.JSONField):
    """A text in French and, if there is one, in English: `{"fr": "…", "en": "…"}`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)
