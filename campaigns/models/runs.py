from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models.notice import Milestone
from campaigns.states import DISARMING, OPEN_STATES, RUN_MOVES, RunState
from common.fields import EnumField, Leased, Subject

NEVER_ARMED = (RunState.HELD.value, RunState.SKIPPED.value)
DISARMED = {
    "armed_by": None,
    "armed_at": None,
    "confirmed_by": None,
    "confirmed_at": None,
    "told_at": None,
}


class MilestoneRun(Leased):
    """What a milestone does by itself, once. A late announcement is a run of its own (domain-model.md §2.4)."""

    moves = RUN_MOVES
    compared = ("attempts", "revision")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="runs")
    revision = models.PositiveSmallIntegerField(
        default=1, help_text="raised when the date moves; arming is for one"
    )
    late = models.BooleanField(default=False)
    action = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    assumed = models.BooleanField(
        default=False, help_text="the date, or one that it hangs on, is not confirmed"
    )
    state = EnumField(max_length=10, enum=RunState)
    armed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    armed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="staff were told that this revision waits for them"
    )
    attempts = models.PositiveIntegerField(
        default=0, help_text="never goes back: a claim is known by its number"
    )
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="since it was planned or retried"
    )
    next_try_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    error = models.CharField(
        max_length=200,
        blank=True,
        help_text="a kind of error, never its words: they may name people",
    )

    class Meta:
        verbose_name = _("run of a milestone")
        verbose_name_plural = _("runs of milestones")
        ordering = ("milestone", "revision")
        constraints = [
            models.UniqueConstraint("milestone", "revision", name="run_revision_once"),
            models.UniqueConstraint(
                "milestone",
                name="run_done_once",
                condition=Q(state=RunState.DONE.value, late=False),
            ),
            models.UniqueConstraint(
                "milestone",
                name="run_open_once",
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
            ),
            models.CheckConstraint(
                name="run_lease_iff_running",
                condition=Q(state=RunState.RUNNING.value, lease_until__isnull=False)
                | (~Q(state=RunState.RUNNING.value) & Q(lease_until__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_finished_iff_done",
                condition=Q(state=RunState.DONE.value, finished_at__isnull=False)
                | (~Q(state=RunState.DONE.value) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_armed_by_someone",
                condition=Q(armed_by__isnull=True, armed_at__isnull=True)
                | (Q(armed_by__isnull=False, armed_at__isnull=False) & ~Q(state__in=NEVER_ARMED)),
            ),
            models.CheckConstraint(
                name="run_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(
                        confirmed_by__isnull=False,
                        confirmed_at__isnull=False,
                        armed_by__isnull=False,
                    )
                    & ~Q(confirmed_by=F("armed_by"))
                ),
            ),
        ]
        indexes = [models.Index("state", "due_at", name="run_due")]  # the sweep

    def __str__(self) -> str:
        return f"{self.milestone}, revision {self.revision}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """Two people agree to one date: where it moves or is stopped, they say yes again. A lease is a worker's."""
        disarmed = DISARMED if action in DISARMING else {}
        return disarmed if target is RunState.RUNNING else {**disarmed, "lease_until": None}

    def in_journal(self) -> Subject:
        said = {"revision": self.revision, "late": self.late}
        return replace(self.milestone.in_journal(), data=said)
