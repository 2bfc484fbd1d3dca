"""What one applies to, and how it selects: a graph of stages with their outcomes and tests."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from campaigns import vocabulary
from campaigns.enums import choices
from campaigns.models.notice import Campaign, Keyed, Milestone, Pool, Speciality
from common.fields import EnumField
from common.models import LocalizedTextField


class Selection(Keyed):
    """A graph of stages, from the file review to an end."""

    title = LocalizedTextField()
    body = LocalizedTextField(blank=True, help_text="who judges titles")
    first = models.SlugField(help_text="key of the first stage")
    at_most = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of its programmes that a dossier may apply to"
    )


class Stage(models.Model):
    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="stages")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    label = LocalizedTextField()
    body = LocalizedTextField(blank=True, help_text="who decides")
    announce = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="announced_stages"
    )

    class Meta:
        ordering = ("selection", "position")
        constraints = [models.UniqueConstraint("selection", "key", name="stage_key_once")]

    def __str__(self) -> str:
        return f"{self.selection}: {self.key}"


class Outcome(models.Model):
    """What may be decided at a stage. The kind carries the logic, the label is the school's word."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="outcomes")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    label = LocalizedTextField()
    kind = EnumField(max_length=10, enum=vocabulary.OutcomeKind)
    next_stage = models.ForeignKey(
        Stage, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("stage", "position")
        constraints = [
            models.UniqueConstraint("stage", "key", name="outcome_key_once"),
            models.CheckConstraint(
                name="outcome_next_stage_iff_next",
                condition=Q(kind=vocabulary.OutcomeKind.NEXT.value, next_stage__isnull=False)
                | (~Q(kind=vocabulary.OutcomeKind.NEXT.value) & Q(next_stage__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.key}"


class Assessment(models.Model):
    """A test or an interview of a stage (R-SEL-6)."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="assessments")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    label = LocalizedTextField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    precision = EnumField(
        max_length=10,
        enum=vocabulary.Precision,
        default=vocabulary.Precision.EXACT,
    )
    medium = EnumField(max_length=10, enum=vocabulary.Medium)
    also = models.JSONField(
        default=list, blank=True, help_text="other media, among which the jury chooses"
    )
    who = EnumField(max_length=5, enum=vocabulary.Who)
    several = models.BooleanField(
        default=False, help_text="whether the jury sets how many, and of what nature"
    )
    at_least = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of those that the jury sets, for each who is called"
    )
    window = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="assessments")
    called_with = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="called_assessments"
    )
    booking = EnumField(max_length=10, enum=vocabulary.Booking)
    rebook = models.BooleanField(
        default=True, help_text="whether a candidate may book another slot instead"
    )
    sat_with = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sat_together",
        help_text="as booked",
    )
    takes = models.PositiveSmallIntegerField(null=True, blank=True)
    platform = models.URLField(blank=True, help_text="where it is sat")
    recorded_until = LocalizedTextField(
        blank=True, help_text="how long it is kept; not filmed if empty"
    )
    rates_french = models.BooleanField(
        default=False,
        help_text="whether the jury rates the French of those whose mother tongue it is not",
    )
    scale = models.PositiveSmallIntegerField(default=20, help_text="points")
    eliminates_at = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="points: that mark or less"
    )

    class Meta:
        ordering = ("stage", "position")
        constraints = [
            models.UniqueConstraint("stage", "key", name="assessment_key_once"),
            models.CheckConstraint(
                name="assessment_eliminates_within_scale",
                condition=Q(eliminates_at__isnull=True) | Q(eliminates_at__lte=F("scale")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.key}"

    @property
    def media(self) -> tuple[vocabulary.Medium, ...]:
        """Those in which it may be sat, the usual one first."""
        return (self.medium, *(vocabulary.Medium(one) for one in self.also))

    @property
    def held(self) -> tuple[datetime, datetime]:
        """From when until when it is sat: a file whose test has a window with one end is refused."""
        assert self.window.starts_at, "the window of a test has two ends"
        assert self.window.ends_at, "the window of a test has two ends"
        return self.window.starts_at, self.window.ends_at


class Programme(models.Model):
    """What one applies to: a speciality, for an entry year, on a track or under a status."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="programmes", verbose_name=_("campaign")
    )
    code = models.SlugField(_("code"))
    position = models.PositiveSmallIntegerField(default=0)
    title = LocalizedTextField(_("title"))
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("school")
    )
    speciality = models.ForeignKey(
        Speciality,
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("speciality"),
    )
    track = LocalizedTextField(_("track"), blank=True)
    entry_year = models.PositiveSmallIntegerField(_("entry year"))
    status = EnumField(
        _("status"),
        max_length=15,
        enum=vocabulary.ProgrammeStatus,
        choices=choices(vocabulary.ProgrammeStatus),
    )
    pool = models.ForeignKey(
        Pool, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("places")
    )
    selection = models.ForeignKey(
        Selection, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("selection")
    )
    intake = EnumField(
        _("where one applies"),
        max_length=6,
        enum=vocabulary.Intake,
        choices=choices(vocabulary.Intake),
        default=vocabulary.Intake.ONLINE,
    )
    admission = EnumField(
        _("what the admission rests on"),
        max_length=10,
        enum=vocabulary.AdmissionWay,
        choices=choices(vocabulary.AdmissionWay),
        default=vocabulary.AdmissionWay.CONTRACT,
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("campaign", "position")
        constraints = [models.UniqueConstraint("campaign", "code", name="programme_code_once")]

    def __str__(self) -> str:
        return self.code
