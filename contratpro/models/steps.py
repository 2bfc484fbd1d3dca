"""How far each student is in the steps of the year."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.fields import EnumField, Movable, Subject
from contratpro.models.students import StudentFile
from contratpro.states import STEP_MOVES, StepState

NOTE_LENGTH = 1000


class StepRecord(Movable):
    """A step of a student: done when, as its due day and its order had it, and how many points it earned."""

    moves = STEP_MOVES
    student = models.ForeignKey(StudentFile, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40)
    state = EnumField(max_length=6, enum=StepState, default=StepState.TO_DO)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    late = models.BooleanField(default=False, help_text="done after its last day")
    out_of_order = models.BooleanField(default=False, help_text="done before one that it follows")
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        verbose_name = _("step of a student")
        constraints = [
            models.UniqueConstraint("student", "key", name="step_once"),
            models.CheckConstraint(
                name="step_done_on_iff_done",
                condition=Q(state=StepState.TO_DO.value, done_on__isnull=True)
                | (~Q(state=StepState.TO_DO.value) & Q(done_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="step_points_iff_marked",
                condition=Q(state=StepState.MARKED.value, points__isnull=False)
                | (~Q(state=StepState.MARKED.value) & Q(points__isnull=True)),
            ),
        ]
        indexes = [models.Index("key", "state", name="step_by_state")]

    def __str__(self) -> str:
        return f"{self.student}: {self.key} {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is to do again was done by nobody, and earned nothing."""
        if target is StepState.TO_DO:
            return {
                "done_on": None,
                "done_by": None,
                "late": False,
                "out_of_order": False,
                "points": None,
            }
        return super().written_with(action, target)

    def in_journal(self) -> Subject:
        return Subject(
            "contract_step", self.student.ref, self.student.year.slug, {"step": self.key}
        )
