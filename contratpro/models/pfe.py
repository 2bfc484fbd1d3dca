"""The final project: its sheet and each of its versions, its defence and its reports (R-PRO-8, R-PRO-13)."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.drafts.models import DraftVersion
from common.fields import EnumField, Movable, Subject
from common.refs import REF_LENGTH, new_ref
from contratpro.models.reports import DepositedReport
from contratpro.models.students import StudentFile
from contratpro.states import (
    DEFENCE_MOVES,
    OPEN_PFE_SHEETS,
    PFE_SHEET_MOVES,
    DefenceState,
    PfeSheetState,
)

REMARKS_LENGTH = 2000
TITLE_LENGTH = 300
PLACE_LENGTH = 200
OPEN = [state.value for state in OPEN_PFE_SHEETS]
MARKED = DefenceState.MARKED.value


class PfeSheet(Movable):
    """What the student says of the final project. What was approved last stands while an update is written."""

    moves = PFE_SHEET_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.OneToOneField(StudentFile, on_delete=models.PROTECT, related_name="pfe_sheet")
    state = EnumField(max_length=8, enum=PfeSheetState, default=PfeSheetState.DRAFT)
    draft = models.JSONField(default=dict, blank=True, help_text="as typed, until it is sent")
    draft_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    remarks = models.CharField(max_length=REMARKS_LENGTH, blank=True)
    approved = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="number of the version that was approved last"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sheet of a final project")
        constraints = [
            models.CheckConstraint(
                name="pfe_sheet_sent_unless_draft",
                condition=Q(state=PfeSheetState.DRAFT.value, sent_at__isnull=True)
                | (~Q(state=PfeSheetState.DRAFT.value) & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="pfe_sheet_remarks_iff_returned",
                condition=(Q(state=PfeSheetState.RETURNED.value) & ~Q(remarks=""))
                | (~Q(state=PfeSheetState.RETURNED.value) & Q(remarks="")),
            ),
            models.CheckConstraint(
                name="pfe_sheet_draft_while_open",
                condition=Q(state__in=OPEN) | Q(draft={}, draft_at__isnull=True),
            ),
            models.CheckConstraint(
                name="pfe_sheet_approved_whole",
                condition=Q(approved__isnull=False, approved_at__isnull=False)
                | (
                    Q(approved__isnull=True, approved_at__isnull=True)
                    & ~Q(state=PfeSheetState.APPROVED.value)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is sent is no draft any more, and remarks are those of what was sent back."""
        written = dict(super().written_with(action, target))
        if target is not PfeSheetState.RETURNED:
            written["remarks"] = ""
        if target is PfeSheetState.SENT:
            written |= {"draft": {}, "draft_at": None}
        return written

    def in_journal(self) -> Subject:
        return Subject("pfe_sheet", self.student.ref, self.student.year.slug)


class PfeSheetVersion(DraftVersion):
    """What the student said, each time that it was sent."""

    sheet = models.ForeignKey(PfeSheet, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ("sheet", "number")
        constraints = [
            models.UniqueConstraint("sheet", "number", name="pfe_sheet_version_once"),
            models.CheckConstraint(name="pfe_sheet_version_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, version {self.number}"


class Defence(Movable):
    """When, where and before whom a final project is defended; then its mark, in whole hundredths."""

    moves = DEFENCE_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.OneToOneField(StudentFile, on_delete=models.PROTECT, related_name="defence")
    state = EnumField(max_length=7, enum=DefenceState, default=DefenceState.PLANNED)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LENGTH)
    jury = models.JSONField(help_text="names of its members")
    report_due = models.DateField(
        null=True, blank=True, help_text="last day of the report, as the co-tutor says"
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(
        max_length=TITLE_LENGTH, blank=True, help_text="of the project, as it was defended"
    )
    mark = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="what the jury says of it")
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("defence of a final project")
        constraints = [
            models.CheckConstraint(
                name="defence_marked_whole",
                condition=(
                    Q(
                        state=MARKED,
                        mark__isnull=False,
                        marked_at__isnull=False,
                        marked_by__isnull=False,
                    )
                    & ~Q(title="")
                )
                | (
                    ~Q(state=MARKED)
                    & Q(mark=None, marked_at=None, marked_by=None, title="", words="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}, {self.starts_at:%Y-%m-%d}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """A mark that is taken back was given by nobody."""
        written = dict(super().written_with(action, target))
        if target is DefenceState.PLANNED:
            written |= {"title": "", "mark": None, "words": "", "marked_at": None}
            written["marked_by"] = None
        return written

    def in_journal(self) -> Subject:
        return Subject("pfe_defence", self.student.ref, self.student.year.slug)


class PfeReport(DepositedReport):
    """The report of the final project, which its jury reads before the defence."""

    defence = models.ForeignKey(Defence, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        verbose_name = _("report of a final project")
        ordering = ("defence", "number")
        constraints = [
            models.UniqueConstraint("defence", "number", name="pfe_report_once"),
            models.CheckConstraint(name="pfe_report_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.defence}, {self.number}"
