"""The notice as rows. Every rule of a session comes from here, none from code.

Keys (`a`, `file-results`, `BAT-1`) are those of the campaign file: rows are matched
by key when a file is loaded again. Texts shown to people are in French and English.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import School
from campaigns import vocabulary
from campaigns.enums import choices
from common.fields import EnumField, Subject
from common.models import DocumentVersion, LocalizedTextField


class Diploma(models.Model):
    """A row of the nomenclature. Never matched by acronym: "MP" is a DUT, a BUT and a CPGE track."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    kind = EnumField(
        _("kind"),
        max_length=5,
        enum=vocabulary.DiplomaKind,
    )
    speciality = models.CharField(
        _("speciality"), max_length=20, blank=True, help_text=_("usual acronym")
    )
    option = models.CharField(_("option"), max_length=60, blank=True)
    option_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="options",
        verbose_name=_("option of"),
    )
    title = LocalizedTextField(_("title"))
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    ects = models.PositiveSmallIntegerField(
        _("ECTS credits"), null=True, blank=True, help_text=_("credits since the baccalauréat")
    )
    scientific = models.BooleanField(_("scientific"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    class Meta:
        verbose_name = _("diploma")
        verbose_name_plural = _("diplomas")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    def in_journal(self) -> Subject:
        return Subject("diploma", self.code, "")


class Campaign(models.Model):
    """An admissions session of one or several schools: its notice, and what came of it."""

    slug = models.SlugField(_("identifier"), unique=True)
    organiser = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("organiser")
    )
    title = LocalizedTextField(_("title"))
    summary = LocalizedTextField(_("summary"), blank=True)
    session = models.PositiveSmallIntegerField(_("session"))
    zone = models.CharField(_("time zone"), max_length=40)
    announce_at = models.TimeField(_("hour of announcements"))
    opens_at = models.DateTimeField(_("opens on"))
    last_second = models.DateTimeField(_("last second"))
    year_from = models.DateField(
        _("academic year from"), help_text=_("first day of the academic year")
    )
    year_until = models.DateField(_("academic year until"))
    state = EnumField(
        _("state"),
        max_length=10,
        enum=vocabulary.CampaignState,
        choices=choices(vocabulary.CampaignState),
    )
    contact = models.JSONField(_("contact"), default=dict)
    central = models.JSONField(
        _("contact before the end of the check"),
        default=dict,
        blank=True,
        help_text=_("the central service, where it is another one"),
    )
    school_office = models.BooleanField(
        _("the school’s office hands applications over to the jury"), default=False
    )
    admission = models.JSONField(
        _("what admissions rest on"), default=dict, blank=True, help_text="by status or selection"
    )
    fees_article = models.CharField(_("article on fees"), max_length=20, blank=True)
    grants = LocalizedTextField(_("grants that lower the fees"))
    current_version = models.OneToOneField(
        "NoticeVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-opens_at", "slug")
        constraints = [
            models.CheckConstraint(
                name="campaign_opens_before_it_closes", condition=Q(opens_at__lt=F("last_second"))
            ),
            models.CheckConstraint(
                name="campaign_academic_year", condition=Q(year_from__lt=F("year_until"))
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def in_journal(self) -> Subject:
        return Subject("campaign", self.slug, self.slug)

    def written_to(self, *, checked: bool) -> Mapping[str, Any]:
        """Whom a candidate writes to: the central service, if there is one, until its check has ended (R-APP-7)."""
        written_to: Mapping[str, Any] = (not checked and self.central) or self.contact
        return written_to


class NoticeVersion(DocumentVersion):
    """The whole notice as it stood: what a dossier accepts and can show. Never changed."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="versions", verbose_name=_("campaign")
    )

    class Meta:
        verbose_name = _("version of the notice")
        verbose_name_plural = _("versions of the notice")
        ordering = ("campaign", "number")
        constraints = [models.UniqueConstraint("campaign", "number", name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.campaign}, version {self.number}"


class Keyed(models.Model):
    """A row of the notice that its campaign knows by a key, in the file's order."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="%(class)ss", verbose_name=_("campaign")
    )
    key = models.SlugField(_("key"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ("campaign", "position")
        constraints = [models.UniqueConstraint("campaign", "key", name="%(class)s_key_once")]

    def __str__(self) -> str:
        return self.key


class Scoped(Keyed):
    """A row that concerns the programmes named in `scope` by code or by selection; all if empty."""

    scope = models.JSONField(_("programmes or selections concerned"), default=list, blank=True)

    class Meta(Keyed.Meta):
        abstract = True


class Milestone(Scoped):
    """A date of the calendar. One of its ends may be open; a relative one follows another."""

    title = LocalizedTextField(_("title"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(
        _("whole days"), default=True, help_text=_("the notice gives days, no hour")
    )
    status = EnumField(
        _("certainty"),
        max_length=12,
        enum=vocabulary.MilestoneStatus,
        choices=choices(vocabulary.MilestoneStatus),
    )
    about = models.JSONField(
        _("about"), default=dict, blank=True, help_text=_("the notice’s own words for an end")
    )
    ours = models.BooleanField(
        _("set by the campaign"),
        default=False,
        help_text=_("set by the campaign, not printed in its notice"),
    )
    relative_to = models.SlugField(_("follows"), blank=True)
    relative_hours = models.SmallIntegerField(_("hours after"), null=True, blank=True)
    action = EnumField(
        _("action"),
        max_length=20,
        enum=vocabulary.MilestoneAction,
        choices=choices(vocabulary.MilestoneAction),
        blank=True,
    )

    class Meta(Scoped.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                name="milestone_starts_before_it_ends",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lte=F("ends_at")),
            ),
            models.CheckConstraint(
                name="milestone_has_a_date",
                condition=Q(starts_at__isnull=False) | Q(ends_at__isnull=False),
            ),
        ]

    def in_journal(self) -> Subject:
        return Subject("milestone", self.key, self.campaign.slug)


class Pool(Keyed):
    """Places shared by one or several programmes (R-PLA-5). Floor and ceiling differ for a range.

    Of a range the floor is open at first, and staff open more up to the ceiling (R-PLA-2); of a single number, beyond
    it where a few more may open (R-PLA-4).
    """

    title = LocalizedTextField(_("title"), blank=True)
    floor = models.PositiveSmallIntegerField(_("places announced"))
    ceiling = models.PositiveSmallIntegerField(_("places at most"))
    provisional = models.BooleanField(_("provisional"), default=False)
    seats_public = models.BooleanField(_("count of places public"), default=False)
    more_may_open = models.BooleanField(_("a few more may open"), default=True)
    opened = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="by staff; those announced if empty"
    )

    class Meta(Keyed.Meta):
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                name="pool_floor_under_ceiling", condition=Q(floor__lte=F("ceiling"))
            ),
            models.CheckConstraint(
                name="pool_opened_within_notice",
                condition=Q(opened__isnull=True)
                | Q(opened__gte=F("floor"), opened__lte=F("ceiling"))
                | Q(opened__gte=F("floor"), more_may_open=True, ceiling=F("floor")),
            ),
        ]

    @property
    def capacity(self) -> int:
        """How many places there are to hold now."""
        return self.floor if self.opened is None else self.opened

    @property
    def most(self) -> int | None:
        """How many may be opened at most; None where the school may open a few more than the notice gives."""
        return None if self.more_may_open and self.floor == self.ceiling else self.ceiling

    @property
    def leaves_open(self) -> bool:
        """What staff opened stands: no edited number says less or, where they are bound, more."""
        opened, bound = self.opened, self.most
        return opened is None or self.floor <= opened <= (opened if bound is None else bound)

    def clean(self) -> None:
        if not self.leaves_open:
            raise ValidationError(
                _("%(opened)s places are open to candidates: change that number first."),
                params={"opened": self.opened},
            )

    def in_journal(self) -> Subject:
        return Subject("pool", self.key, self.campaign.slug)


class Speciality(Keyed):
    title = LocalizedTextField(_("title"))

    class Meta(Keyed.Meta):
        verbose_name = _("speciality")
        verbose_name_plural = _("specialities")


class ListedDiploma(models.Model):
    """A line of a speciality's list. A line without option covers all options of its diploma."""

    speciality = models.ForeignKey(
        Speciality, on_delete=models.CASCADE, related_name="listed", verbose_name=_("speciality")
    )
    diploma = models.ForeignKey(
        Diploma, on_delete=models.PROTECT, related_name="listings", verbose_name=_("diploma")
    )
    printed = models.CharField(
        _("as printed"), max_length=160, help_text=_("as the notice prints it")
    )
    predecessors = models.BooleanField(
        _("those it replaces too"), default=False, help_text=_("those it replaces count as listed")
    )
    years = models.JSONField(
        _("years that count"),
        default=list,
        blank=True,
        help_text=_("of its course, as in [2, 3]; the diploma itself where none is given"),
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("listed diploma")
        verbose_name_plural = _("listed diplomas")
        ordering = ("speciality", "position")
        constraints = [models.UniqueConstraint("speciality", "diploma", name="listed_once")]

    def __str__(self) -> str:
        return f"{self.speciality}: {self.printed}"


class Route(Scoped):
    """A way to be allowed to apply, with its article. `titles` are conditions, all to be met."""

    label = LocalizedTextField(_("label"))
    article = models.JSONField(_("article"), help_text=_("a text, or one per speciality"))
    verdict = EnumField(
        _("verdict"),
        max_length=12,
        enum=vocabulary.VerdictKind,
        choices=choices(vocabulary.VerdictKind),
    )
    titles = models.JSONField(_("titles asked for"))
    technician_years = models.PositiveSmallIntegerField(
        _("years as a technician"), null=True, blank=True
    )
    employer_agrees = models.BooleanField(_("the employer’s agreement is needed"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("route of admission")
        verbose_name_plural = _("routes of admission")


class AgeRule(Scoped):
    """An age limit. It never rejects (the law derogates): it is said, and enforced at the contract."""

    under = models.PositiveSmallIntegerField()
    at = EnumField(max_length=15, enum=vocabulary.AgeReference)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="+")
    months_earlier = models.PositiveSmallIntegerField(null=True, blank=True)
    source = LocalizedTextField()


class FeeTier(Keyed):
    first_cents = models.PositiveIntegerField(_("first programme, in cents"))
    further_cents = models.PositiveIntegerField(_("each further programme, in cents"))

    class Meta(Keyed.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")


class DocumentRequirement(Scoped):
    """A piece that the dossier holds (R-APP-3), with its controls."""

    title = LocalizedTextField(_("title"))
    help = LocalizedTextField(_("help"), blank=True)
    per = EnumField(
        _("one for each"), max_length=10, enum=vocabulary.Per, choices=choices(vocabulary.Per)
    )
    needed = EnumField(
        _("needed for"), max_length=10, enum=vocabulary.Needed, choices=choices(vocabulary.Needed)
    )
    when = models.JSONField(_("only when"), default=dict, blank=True)
    formats = models.JSONField(_("formats"))
    max_bytes = models.PositiveIntegerField(_("bytes at most"))
    max_pixels = models.PositiveIntegerField(
        _("pixels at most"), null=True, blank=True, help_text=_("of either side")
    )
    max_files = models.PositiveSmallIntegerField(_("files at most"), default=1)
    ours = models.BooleanField(
        _("set by the campaign"),
        default=False,
        help_text=_("set by the campaign, not printed in its notice"),
    )

    class Meta(Scoped.Meta):
        verbose_name = _("document asked for")
        verbose_name_plural = _("documents asked for")


class StatedRule(Scoped):
    """A rule that the notice states and the product does not run."""

    section = EnumField(
        _("section of the page"),
        max_length=12,
        enum=vocabulary.RuleSection,
        choices=choices(vocabulary.RuleSection),
    )
    title = LocalizedTextField(_("title"))
    text = LocalizedTextField(_("text"))
    article = models.JSONField(
        _("article"), default=list, blank=True, help_text=_("a text, or a list of them")
    )
    ours = models.BooleanField(
        _("set by the campaign"),
        default=False,
        help_text=_("set by the campaign, not printed in its notice"),
    )

    class Meta(Scoped.Meta):
        verbose_name = _("rule that is stated")
        verbose_name_plural = _("rules that are stated")


class SearchRule(models.Model):
    """How seats are won once admissible (R-JOB-3 to R-JOB-6)."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="search_rule")
    firm_commitment = models.BooleanField(default=False)
    company_shown_to_jury = models.BooleanField(default=False)
    seats_told_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="between two letters that tell the places left"
    )
    seats_told_ours = models.BooleanField(
        default=False, help_text="that rhythm is set by the campaign, not printed in its notice"
    )
    supplementary_article = models.CharField(max_length=20, blank=True)
    supplementary_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="before the start of term"
    )
    supplementary_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="after the start of term"
    )
    supplementary_only_if_short = models.BooleanField(
        default=False, help_text="only if more candidates still search than seats are vacant"
    )

    def __str__(self) -> str:
        return f"search in {self.campaign}"
