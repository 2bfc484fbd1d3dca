"""The company project of semester 9: reports, what the company tutor says of it, marks (R-PRO-7, R-PRO-12)."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.drafts.models import DraftVersion
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref
from contratpro.models.reports import DepositedReport
from contratpro.models.students import StudentFile
from contratpro.states import (
    COMPANY_PROJECT_MOVES,
    EVALUATION_MOVES,
    OPEN_EVALUATIONS,
    CompanyProjectState,
    EvaluationState,
)
from contratpro.vocabulary import PassedOn

WHY_LENGTH = 1000
PUBLISHED = CompanyProjectState.PUBLISHED.value
OF_TUTOR = ("tutor_mark", "marked_report", "tutor_marked_at", "tutor_marked_by")
FROZEN = ("conduct", "company_mark", "mark", "published_at", "published_by")


class CompanyProject(Movable):
    """Marks are whole hundredths. What its mark was made of is copied when it is published."""

    moves = COMPANY_PROJECT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    student = models.OneToOneField(
        StudentFile, on_delete=models.PROTECT, related_name="company_project"
    )
    state = EnumField(max_length=9, enum=CompanyProjectState, default=CompanyProjectState.GATHERING)
    tutor_mark = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of the report, by the school tutor"
    )
    marked_report = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="number of the report that was marked"
    )
    tutor_marked_at = models.DateTimeField(null=True, blank=True)
    tutor_marked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_on = models.DateField(
        null=True, blank=True, help_text="report and evaluation, to the registrar"
    )
    passed_channel = EnumField(max_length=4, enum=PassedOn, blank=True)
    passed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_late = models.BooleanField(default=False)
    passed_proof = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conduct = models.PositiveSmallIntegerField(null=True, blank=True)
    company_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    mark = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("company project")
        constraints = [
            models.CheckConstraint(
                name="project_published_with_all_marks",
                condition=Q(
                    state=PUBLISHED,
                    tutor_mark__isnull=False,
                    **{f"{name}__isnull": False for name in FROZEN},
                )
                | (~Q(state=PUBLISHED) & Q(**{f"{name}__isnull": True for name in FROZEN})),
            ),
            models.CheckConstraint(
                name="project_marked_whole",
                condition=Q(**{f"{name}__isnull": True for name in OF_TUTOR})
                | Q(**{f"{name}__isnull": False for name in OF_TUTOR}),
            ),
            models.CheckConstraint(
                name="project_passed_on_whole",
                condition=(
                    Q(passed_on__isnull=False, passed_by__isnull=False) & ~Q(passed_channel="")
                )
                | Q(passed_on__isnull=True, passed_by__isnull=True, passed_channel=""),
            ),
            models.CheckConstraint(
                name="project_proof_of_what_is_passed_on",
                condition=Q(passed_on__isnull=False)
                | Q(passed_proof__isnull=True, passed_late=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is taken back was published for nothing."""
        written = dict(super().written_with(action, target))
        if target is CompanyProjectState.GATHERING:
            written |= dict.fromkeys(FROZEN)
        return written

    def in_journal(self) -> Subject:
        return Subject("company_project", self.student.ref, self.student.year.slug)


class ProjectReport(DepositedReport):
    """The report of the company project, which its school tutor marks."""

    project = models.ForeignKey(CompanyProject, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        verbose_name = _("report of a company project")
        ordering = ("project", "number")
        constraints = [
            models.UniqueConstraint("project", "number", name="project_report_once"),
            models.CheckConstraint(name="project_report_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.number}"


class CompanyEvaluation(Movable):
    """What the company tutor says before the final project: a draft by a signed link, then versions."""

    moves = EVALUATION_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    project = models.OneToOneField(
        CompanyProject, on_delete=models.PROTECT, related_name="evaluation"
    )
    state = EnumField(max_length=8, enum=EvaluationState, default=EvaluationState.ASKED)
    email = models.EmailField(help_text="of the company tutor, to whom the link was sent last")
    draft = models.JSONField(default=dict, blank=True, help_text="as typed, until it is sent")
    draft_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=WHY_LENGTH, blank=True, help_text="why another version is asked for"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evaluation by the company tutor")
        constraints = [
            models.CheckConstraint(
                name="evaluation_reason_iff_reopened",
                condition=(Q(state=EvaluationState.REOPENED.value) & ~Q(reason=""))
                | (~Q(state=EvaluationState.REOPENED.value) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="evaluation_draft_while_open",
                condition=Q(state__in=[state.value for state in OPEN_EVALUATIONS])
                | Q(draft={}, draft_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.student}: {self.state}"

    @classmethod
    def written_with(cls, action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """What is sent is no draft any more, and answers what was asked."""
        written = dict(super().written_with(action, target))
        if target is EvaluationState.SENT:
            written |= {"reason": "", "draft": {}, "draft_at": None}
        return written

    def in_journal(self) -> Subject:
        student = self.project.student
        return Subject("company_evaluation", student.ref, student.year.slug)


class EvaluationVersion(DraftVersion):
    """What the company tutor said, each time that it was sent."""

    evaluation = models.ForeignKey(
        CompanyEvaluation, on_delete=models.PROTECT, related_name="versions"
    )
    mark = models.PositiveSmallIntegerField(help_text="hundredths")

    class Meta:
        ordering = ("evaluation", "number")
        constraints = [
            models.UniqueConstraint("evaluation", "number", name="evaluation_version_once"),
            models.CheckConstraint(name="evaluation_version_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation}, version {self.number}"
