"""What a jury writes, and nobody else reads before it is announced (domain-model.md §2.3).

A candidate's page reads decisions by `announcing.selectors.announced` and calls by `sittings.selectors`, no more.
Of these rows only a `JuryMember` is in the stock admin.
"""

from dataclasses import replace

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from admissions.enums import FrenchAbility
from admissions.models.dossiers import Application, Candidacy
from admissions.models.slots import Slot
from admissions.states import (
    DECISION_MOVES,
    RECTIFICATION_MOVES,
    SITTING_MOVES,
    DecisionState,
    RectificationState,
    SittingState,
)
from campaigns.models import Assessment, Outcome, Programme, Selection, Stage
from campaigns.vocabulary import Medium
from common.fields import EnumField, Movable, Subject
from common.refs import REF_LENGTH, new_ref

STANDING = [
    DecisionState.PROPOSED.value,
    DecisionState.RECORDED.value,
    DecisionState.ANNOUNCED.value,
]
ONCE_ANNOUNCED = [DecisionState.ANNOUNCED.value, DecisionState.RECTIFIED.value]
SITTINGS_OVER = [SittingState.SAT.value, SittingState.ABSENT.value, SittingState.EXCUSED.value]
NATURE_LENGTH = 120
ONCE_RECORDED = [DecisionState.RECORDED.value, *ONCE_ANNOUNCED]


def labelled(words: dict[str, str], nature: str) -> dict[str, str]:
    """The name of a test, with which it is of several."""
    if not nature:
        return words
    return {language: f"{name} – {nature}" for language, name in words.items()}


class JuryMember(models.Model):
    """Who studies the candidacies of a selection: all of them, or those to one programme (R-SEL-12)."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="juries", verbose_name=_("account")
    )
    selection = models.ForeignKey(
        Selection, on_delete=models.CASCADE, related_name="jury", verbose_name=_("selection")
    )
    programme = models.ForeignKey(
        Programme,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="jury",
        verbose_name=_("programme"),
        help_text=_("to study the candidacies to this programme alone"),
    )

    class Meta:
        verbose_name = _("member of a jury")
        verbose_name_plural = _("members of the juries")
        constraints = [
            models.UniqueConstraint(
                "user", "selection", name="jury_member_once", condition=Q(programme__isnull=True)
            ),
            models.UniqueConstraint("user", "programme", name="jury_member_once_per_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.programme or self.selection}"

    def in_journal(self) -> Subject:
        programme = self.programme.code if self.programme else ""
        said = {"selection": self.selection.key, "programme": programme}
        return Subject("user", str(self.user_id), self.selection.campaign.slug, said)


class Conflict(models.Model):
    """A juror who knows a candidate sees no more of that dossier."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "application", name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.user} / {self.application}"


class Decision(Movable):
    """What the jury decides of a candidacy at a stage: sealed until its milestone announces it."""

    moves = DECISION_MOVES
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="decisions")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1)
    state = EnumField(max_length=10, enum=DecisionState)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="decisions", help_text="the last to act on it"
    )
    assessments = models.JSONField(
        default=list, help_text="keys of the tests chosen for this candidate"
    )
    jury_tests = models.JSONField(
        default=list, help_text="those that the jury set: key, nature and medium of each"
    )
    note = models.TextField(
        max_length=2000, blank=True, help_text="of the deliberation, for the jury alone"
    )
    eliminated_by = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the test whose mark proposed it, by itself",
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "candidacy", "stage", name="decision_one_standing", condition=Q(state__in=STANDING)
            ),
            models.UniqueConstraint("candidacy", "stage", "version", name="decision_version_once"),
            models.CheckConstraint(
                name="decision_announced_at_iff_announced",
                condition=Q(state__in=ONCE_ANNOUNCED, announced_at__isnull=False)
                | (~Q(state__in=ONCE_ANNOUNCED) & Q(announced_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="decision_recorded_before_announced",
                condition=~Q(state__in=ONCE_RECORDED) | Q(recorded_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                "stage", "state", "announced_at", "id", name="decision_at_stage"
            ),  # to announce, announced
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.candidacy}, version {self.version}"

    def in_journal(self) -> Subject:
        return replace(self.candidacy.in_journal(), kind="decision")


class Rectification(Movable):
    """A wrong announced decision, with what it should have been. It takes effect once a second person confirms."""

    moves = RECTIFICATION_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rectifications")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="rectifications")
    assessments = models.JSONField(
        default=list, help_text="keys of the tests chosen for this candidate"
    )
    jury_tests = models.JSONField(
        default=list, help_text="those that the jury set: key, nature and medium of each"
    )
    reason = models.TextField(max_length=500, help_text="told to the candidate")
    state = EnumField(max_length=9, enum=RectificationState)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rectifications")
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "decision",
                name="rectification_one_proposed",
                condition=Q(state=RectificationState.PROPOSED.value),
            ),
            models.CheckConstraint(
                name="rectification_settled_unless_proposed",
                condition=Q(
                    state=RectificationState.PROPOSED.value,
                    settled_at__isnull=True,
                    settled_by__isnull=True,
                )
                | (
                    ~Q(state=RectificationState.PROPOSED.value)
                    & Q(settled_at__isnull=False, settled_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="rectification_confirmed_by_another",
                condition=~Q(state=RectificationState.CONFIRMED.value)
                | ~Q(settled_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.outcome}"

    def in_journal(self) -> Subject:
        return replace(self.decision.candidacy.in_journal(), kind="rectification")


class Sitting(Movable):
    """That a candidate sits an assessment. Planned ones are sealed until the milestone they are called with.

    One that a jury set is one of several: its nature says which.
    """

    moves = SITTING_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="sittings")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sittings")
    nature = models.CharField(
        max_length=NATURE_LENGTH, blank=True, help_text="in the jury's words, where it sets it"
    )
    medium = EnumField(
        max_length=10, enum=Medium, blank=True, help_text="that the jury chose; as usual if empty"
    )
    state = EnumField(max_length=8, enum=SittingState)
    called_at = models.DateTimeField(null=True, blank=True)
    slot = models.ForeignKey(
        Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="sittings"
    )
    starts_at = models.DateTimeField(
        null=True, blank=True, help_text="that of the slot, or that the office sets"
    )
    place = models.CharField(
        max_length=200, blank=True, help_text="a room, or the address of a video call"
    )

    class Meta:
        ordering = ("candidacy", "assessment__position", "nature")
        constraints = [
            models.UniqueConstraint("candidacy", "assessment", "nature", name="sitting_once"),
            models.CheckConstraint(
                name="sitting_medium_only_with_nature", condition=Q(medium="") | ~Q(nature="")
            ),
            models.CheckConstraint(
                name="sitting_called_at_unless_planned",
                condition=Q(
                    state=SittingState.PLANNED.value, called_at__isnull=True, starts_at__isnull=True
                )
                | (~Q(state=SittingState.PLANNED.value) & Q(called_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sitting_slot_once_booked",
                condition=Q(state=SittingState.BOOKED.value, slot__isnull=False)
                | Q(
                    state__in=[SittingState.PLANNED.value, SittingState.CALLED.value],
                    slot__isnull=True,
                )
                | Q(state__in=SITTINGS_OVER),
            ),
        ]
        indexes = [
            models.Index("assessment", "state", name="sitting_to_call")
        ]  # the announcement, the office's list

    def __str__(self) -> str:
        return f"{self.assessment} of {self.candidacy}"

    @property
    def label(self) -> dict[str, str]:
        """The name of its test, with its nature where a jury set it."""
        return labelled(self.assessment.label, self.nature)

    @property
    def sat_by(self) -> Medium:
        return self.medium or self.assessment.medium

    def in_journal(self) -> Subject:
        return replace(self.candidacy.in_journal(), kind="sitting")


class Mark(models.Model):
    """A juror's mark of a candidate's assessment, in hundredths of a point (R-SEL-6)."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="marks")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="marks")
    nature = models.CharField(max_length=NATURE_LENGTH, blank=True, help_text="of its sitting")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="marks")
    hundredths = models.PositiveIntegerField()
    french = EnumField(
        max_length=7,
        enum=FrenchAbility,
        blank=True,
        help_text="of one whose mother tongue is another",
    )
    scale = models.PositiveSmallIntegerField(default=20, help_text="points")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("candidacy", "assessment", "nature", "by", name="mark_once"),
            models.CheckConstraint(
                name="mark_within_scale", condition=Q(hundredths__lte=F("scale") * 100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} of {self.candidacy} by {self.by}"

    @property
    def label(self) -> dict[str, str]:
        """The name of its test, with its nature where a jury set it."""
        return labelled(self.assessment.label, self.nature)
