"""The timetable of a year, and who was at each session of it (R-PRO-11)."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.students import StudentFile
from contratpro.models.year import ContractYear
from contratpro.states import (
    CLASS_MOVES,
    PRESENCE_MOVES,
    ClassState,
    PresenceState,
)
from contratpro.vocabulary import ClassKind, SignedHow

COUNTERSIGNED = Q(state=ClassState.COUNTERSIGNED.value)
COURSE_LENGTH, PLACE_LENGTH, TEACHER_LENGTH, UID_LENGTH = 200, 200, 120, 255
LONGEST = 12 * 60  # minutes of a session


class ClassSession(Movable):
    """A class, a tutorial or a project session. Moved or cancelled, it keeps what was signed."""

    moves = CLASS_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    year = models.ForeignKey(ContractYear, on_delete=models.PROTECT, related_name="classes")
    state = EnumField(max_length=13, enum=ClassState, default=ClassState.SCHEDULED)
    uid = models.CharField(
        max_length=UID_LENGTH,
        blank=True,
        help_text="by which a timetable that is imported knows it",
    )
    course = models.CharField(max_length=COURSE_LENGTH)
    kind = EnumField(max_length=8, enum=ClassKind, default=ClassKind.LECTURE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(help_text="held; until then, as planned")
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    teacher_name = models.CharField(max_length=TEACHER_LENGTH, blank=True)
    teacher_email = models.EmailField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    countersigned_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.CharField(
        max_length=60, blank=True, help_text="kind and reference of an account or of a link"
    )
    signatory = models.CharField(
        max_length=TEACHER_LENGTH, blank=True, help_text="the name of who countersigned"
    )
    scan = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True, help_text="why it is cancelled")

    class Meta:
        verbose_name = _("session of the timetable")
        ordering = ("starts_at", "pk")
        constraints = [
            models.UniqueConstraint("year", "uid", name="class_uid_once", condition=~Q(uid="")),
            models.CheckConstraint(
                name="class_ends_after_its_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="class_lasts", condition=Q(minutes__gte=1, minutes__lte=LONGEST)
            ),
            models.CheckConstraint(
                name="class_signed_iff_countersigned",
                condition=(
                    COUNTERSIGNED
                    & Q(countersigned_at__isnull=False)
                    & ~Q(countersigned_by="")
                    & ~Q(signatory="")
                )
                | (
                    ~COUNTERSIGNED
                    & Q(countersigned_at=None, countersigned_by="", signatory="", scan=None)
                ),
            ),
            models.CheckConstraint(
                name="class_reason_iff_cancelled",
                condition=Q(state=ClassState.CANCELLED.value) | Q(reason=""),
            ),
            models.CheckConstraint(
                name="class_open_since",
                condition=~Q(state=ClassState.OPEN.value) | Q(opened_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("year", "starts_at", name="class_week"),
            models.Index(Lower("teacher_email"), "starts_at", name="class_of_teacher"),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.starts_at:%Y-%m-%d %H:%M}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is planned again is cancelled for no reason, and opened by nobody."""
        if target is ClassState.SCHEDULED:
            return {"reason": "", "opened_at": None}
        return super().written_with(action, target)

    def in_journal(self) -> Subject:
        return Subject("class_session", self.ref, self.year.slug)


class CalledGroup(models.Model):
    """Whom a session calls: a department, or one of its options."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="groups")
    department = models.CharField(max_length=40)
    option = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("department", "option")
        constraints = [
            models.UniqueConstraint("session", "department", "option", name="called_group_once")
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.option}".rstrip()


class ClassPresence(Movable):
    """A student at a session: one row, signed once, put right with a reason."""

    moves = PRESENCE_MOVES
    session = models.ForeignKey(ClassSession, on_delete=models.PROTECT, related_name="presences")
    student = models.ForeignKey(StudentFile, on_delete=models.PROTECT, related_name="presences")
    state = EnumField(max_length=7, enum=PresenceState)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    how = EnumField(max_length=6, enum=SignedHow)
    by = models.CharField(max_length=60, help_text="kind and reference of who said so")
    signed_at = models.DateTimeField()
    document = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("presence of a student")
        constraints = [
            models.UniqueConstraint("session", "student", name="presence_once"),
            models.CheckConstraint(
                name="presence_minutes_iff_late",
                condition=Q(state=PresenceState.LATE.value, late_minutes__gte=1)
                | (~Q(state=PresenceState.LATE.value) & Q(late_minutes=0)),
            ),
            models.CheckConstraint(
                name="presence_excused_by_a_document",
                condition=~Q(state=PresenceState.EXCUSED.value) | Q(document__isnull=False),
            ),
            models.CheckConstraint(
                name="presence_document_dated",
                condition=Q(document=None, document_at=None)
                | Q(document__isnull=False, document_at__isnull=False),
            ),
        ]
        indexes = [models.Index("student", "state", name="presence_of_student")]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """Only who was late came late by some minutes."""
        if target is not PresenceState.LATE:
            return {"late_minutes": 0}
        return super().written_with(action, target)

    @property
    def has_document(self) -> bool:
        """One that can still be opened."""
        return self.document is not None and self.document.destroyed_at is None

    def in_journal(self) -> Subject:
        return Subject(
            "class_presence",
            self.session.ref,
            self.session.year.slug,
            {"student": self.student.ref},
        )
