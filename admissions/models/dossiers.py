from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Q
from django_countries.fields import CountryField

from accounts.models import Identity, Person, School, User
from admissions.enums import DocumentState, EntryWay, PaymentMethod, SubmissionKind
from admissions.states import (
    ACCEPTED_STATES,
    APPLICATION_MOVES,
    CANDIDACY_MOVES,
    CHECKED_STATES,
    ENDED_STATES,
    SEARCHING_STATES,
    ApplicationState,
    CandidacyState,
)
from campaigns.enums import choices
from campaigns.models import (
    Campaign,
    Diploma,
    DocumentRequirement,
    NoticeVersion,
    Outcome,
    Programme,
    Stage,
)
from campaigns.vocabulary import MOST_YEARS, DiplomaKind, TitleStatus, VerdictKind
from common.fields import EnumField, Movable, Subject
from common.models import StoredFile
from common.refs import REF_LENGTH, new_ref

WITHOUT_RECEPTION = [
    ApplicationState.DRAFT.value,
    ApplicationState.LAPSED.value,
    ApplicationState.WITHDRAWN.value,
]
BEFORE_THE_CHECK_ENDS = [
    ApplicationState.DRAFT.value,
    ApplicationState.SUBMITTED.value,
    ApplicationState.INCOMPLETE.value,
]
BEFORE_THE_JURY = [*BEFORE_THE_CHECK_ENDS, ApplicationState.AT_OFFICE.value]
CHECKED_BY_CENTRAL = [state.value for state in CHECKED_STATES]
ENDED = [state.value for state in ENDED_STATES]
SEARCHING = [state.value for state in SEARCHING_STATES]
ACCEPTED = [state.value for state in ACCEPTED_STATES]
CHECKED = [DocumentState.ACCEPTED, DocumentState.REFUSED]


class Application(Identity, Movable):
    """A person's dossier in a campaign, for all the programmes applied to (R-APP-1), with who they are as said here."""

    moves = APPLICATION_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    state = EnumField(
        max_length=10,
        enum=ApplicationState,
        default=ApplicationState.DRAFT,
    )
    email = models.EmailField(help_text="where the dossier is written to")
    sort_key = models.CharField(max_length=170, blank=True, editable=False)
    search_text = models.CharField(max_length=400, blank=True, editable=False)
    started_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="whose central service typed it for its candidate; none: begun online",
    )
    entered_how = EnumField(max_length=9, enum=EntryWay, blank=True)
    entered_on = models.DateField(
        null=True, blank=True, help_text="when it came on paper or by telephone"
    )
    received_at = models.DateTimeField(
        null=True, blank=True, help_text="of the first submission since a draft"
    )
    late_until = models.DateTimeField(
        null=True, blank=True, help_text="its own last second, after that of the campaign"
    )
    late_reason = models.CharField(max_length=500, blank=True, help_text="why: for staff alone")
    pieces_due_on = models.DateField(
        null=True, blank=True, help_text="by when the pieces asked for are awaited"
    )
    completed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the central service declared it complete"
    )
    handed_over_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="when the school's office gave it to the jury, if it has one",
    )
    sent_back_reason = models.CharField(
        max_length=500, blank=True, help_text="why the school's office wants it checked again"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(max_length=500, blank=True)
    accepted_notice = models.ForeignKey(
        NoticeVersion, on_delete=models.PROTECT, null=True, blank=True
    )
    baccalaureate = models.CharField(max_length=80, blank=True, help_text="series or country")
    baccalaureate_year = models.PositiveSmallIntegerField(null=True, blank=True)
    grant_holder = models.BooleanField(null=True, blank=True)
    technician_years = models.PositiveSmallIntegerField(null=True, blank=True)
    employer_agrees = models.BooleanField(null=True, blank=True)
    last_submission = models.ForeignKey(
        "Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", "person", name="application_one_per_person"),
            models.CheckConstraint(name="application_has_an_address", condition=~Q(email="")),
            models.CheckConstraint(
                name="application_entered_whole",
                condition=Q(entered_by=None, entered_how="", entered_on=None)
                | Q(entered_by__isnull=False, entered_how__in=EntryWay.values)
                & Q(entered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="application_reason_iff_extended",
                condition=(Q(late_until__isnull=False) & ~Q(late_reason=""))
                | Q(late_until__isnull=True, late_reason=""),
            ),
            models.CheckConstraint(
                name="application_received_once_submitted",
                condition=Q(state__in=WITHOUT_RECEPTION)
                | Q(received_at__isnull=False, accepted_notice__isnull=False),
            ),
            models.CheckConstraint(
                name="application_completed_at_once_checked",
                condition=Q(state__in=CHECKED_BY_CENTRAL, completed_at__isnull=False)
                | Q(state__in=BEFORE_THE_CHECK_ENDS, completed_at__isnull=True)
                | Q(state__in=ENDED),
            ),
            models.CheckConstraint(
                name="application_not_handed_over_before_the_jury_has_it",
                condition=~Q(state__in=BEFORE_THE_JURY) | Q(handed_over_at__isnull=True),
            ),
            models.CheckConstraint(
                name="application_sent_back_only_under_check",
                condition=~Q(state__in=CHECKED_BY_CENTRAL) | Q(sent_back_reason=""),
            ),
            models.CheckConstraint(
                name="application_ended_at_iff_ended",
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="application_reason_iff_refused",
                condition=(Q(state=ApplicationState.REFUSED.value) & ~Q(refusal_reason=""))
                | (~Q(state=ApplicationState.REFUSED.value) & Q(refusal_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                "campaign", "state", "received_at", name="application_list"
            ),  # the central service's list
            models.Index("email", name="application_address"),  # what is said on the phone
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_unclaimed(self) -> bool:
        """Entered by a central service, which types it until its candidate claims it with an account."""
        return self.entered_by_id is not None and self.person.user_id is None

    @property
    def last_second(self) -> datetime:
        """Until when it may be submitted: that of the campaign, or later where it was given more time."""
        last = self.campaign.last_second
        return max(last, self.late_until) if self.late_until else last

    @property
    def has_more_time(self) -> bool:
        """Than the other dossiers of its campaign, whose deadline may have been moved since."""
        return self.last_second > self.campaign.last_second

    @property
    def contact(self) -> Mapping[str, Any]:
        """Whom its candidate writes to by now (R-APP-7)."""
        return self.campaign.written_to(checked=self.completed_at is not None)

    @property
    def submission_number(self) -> int:
        """Of its last submission; 0 if there is none."""
        return self.last_submission.number if self.last_submission else 0

    def in_journal(self) -> Subject:
        return Subject("application", self.ref, self.campaign.slug)


class Submission(models.Model):
    """What was received in one act, as it stood then. Nothing of it is written again but its recap, once printed."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="submissions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    kind = EnumField(max_length=10, enum=SubmissionKind)
    received_at = models.DateTimeField()
    notice = models.ForeignKey(
        NoticeVersion, on_delete=models.PROTECT, related_name="+", help_text="the one accepted"
    )
    receipt = models.JSONField(help_text="what it adds: programmes, charges, pieces still awaited")
    content = models.JSONField(null=True, help_text="the whole dossier, where it was kept")
    reason = models.CharField(
        max_length=500, blank=True, help_text="why the central service corrected it; told"
    )
    recap = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("application", "number", name="submission_number_once"),
            models.CheckConstraint(
                name="submission_known_kind", condition=Q(kind__in=SubmissionKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number}"


class Candidacy(Movable):
    """One programme applied to in a dossier."""

    moves = CANDIDACY_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="candidacies"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="candidacies")
    state = EnumField(
        max_length=12,
        enum=CandidacyState,
        default=CandidacyState.DRAFT,
    )
    stage = models.ForeignKey(  # the indexes of the jury's lists begin with it
        Stage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
        db_index=False,
    )
    outcome = models.ForeignKey(
        Outcome,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the last one announced",
    )
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="when that outcome was announced"
    )
    sort_key = models.CharField(
        max_length=170, blank=True, help_text="of the person, when it entered the selection"
    )
    received_at = models.DateTimeField(
        null=True, blank=True, help_text="its dossier, when it entered the selection"
    )
    verdict = EnumField(max_length=12, enum=VerdictKind, blank=True)
    route = models.CharField(
        max_length=50, blank=True, help_text="the route that the verdict at submission rests on"
    )

    class Meta:
        verbose_name_plural = "candidacies"
        ordering = ("application", "programme__position")
        constraints = [
            models.UniqueConstraint("application", "programme", name="candidacy_one_per_programme"),
            models.CheckConstraint(
                name="candidacy_stage_iff_in_selection",
                condition=Q(state=CandidacyState.IN_SELECTION.value, stage__isnull=False)
                | (~Q(state=CandidacyState.IN_SELECTION.value) & Q(stage__isnull=True)),
            ),
            models.CheckConstraint(
                name="candidacy_told_at_iff_outcome",
                condition=Q(outcome__isnull=True, told_at__isnull=True)
                | Q(outcome__isnull=False, told_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("programme", "state", name="candidacy_of_programme"),
            models.Index("stage", "sort_key", "id", name="candidacy_at_stage"),  # the jury's list
            models.Index(
                "stage", "received_at", "id", name="candidacy_at_stage_received"
            ),  # the same, as they came
            models.Index(
                "programme", "stage", "sort_key", "id", name="candidacy_of_programme_at"
            ),  # one programme's
        ]

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def written_with(cls, _action: StrEnum, target: StrEnum) -> Mapping[str, object]:
        """One that leaves the selection leaves its stage too."""
        return {} if target is CandidacyState.IN_SELECTION else {"stage": None}

    def in_journal(self) -> Subject:
        return Subject("candidacy", self.ref, self.application.campaign.slug)


class Title(models.Model):
    """A diploma or a course since the baccalaureate, held or in progress."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="titles")
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    diploma = models.ForeignKey(
        Diploma, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = EnumField(max_length=5, enum=DiplomaKind)
    name = models.CharField(max_length=160, blank=True, help_text="as printed on the diploma")
    institution = models.CharField(max_length=120, blank=True)
    country = CountryField(default="FR")
    ects = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="credits since the baccalauréat"
    )
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of its course, validated or under way when it was said"
    )
    status = EnumField(max_length=10, enum=TitleStatus, choices=choices(TitleStatus))
    on = models.DateField(null=True, blank=True, help_text="obtained or expected on")

    class Meta:
        ordering = ("application", "on", "pk")
        constraints = [
            models.CheckConstraint(
                name="title_credits_believable", condition=Q(ects__isnull=True) | Q(ects__lte=600)
            ),
            models.CheckConstraint(
                name="title_year_believable",
                condition=Q(year__isnull=True) | Q(year__gte=1, year__lte=MOST_YEARS),
            ),
        ]

    def __str__(self) -> str:
        return self.name or (self.diploma.code if self.diploma else self.kind)


class Document(models.Model):
    """A piece of the dossier. `subject_key` is empty, or the ref of a candidacy or a title."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="documents"
    )
    subject_key = models.CharField(max_length=REF_LENGTH, blank=True)
    state = EnumField(max_length=10, enum=DocumentState)
    due_on = models.DateField(null=True, blank=True, help_text="when an awaited piece will exist")
    reason = models.CharField(max_length=300, blank=True, help_text="why it was refused")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("application", "requirement__position", "subject_key")
        constraints = [
            models.UniqueConstraint(
                "application", "requirement", "subject_key", name="document_once"
            ),
            models.CheckConstraint(
                name="document_due_on_only_awaited",
                condition=Q(due_on__isnull=True) | Q(state=DocumentState.AWAITED),
            ),
            models.CheckConstraint(
                name="document_reason_iff_refused",
                condition=(Q(state=DocumentState.REFUSED) & ~Q(reason=""))
                | (~Q(state=DocumentState.REFUSED) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="document_checked_at_iff_checked",
                condition=Q(state__in=CHECKED, checked_at__isnull=False)
                | (~Q(state__in=CHECKED) & Q(checked_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                "application",
                "due_on",
                name="document_awaited",
                condition=Q(state=DocumentState.AWAITED.value),
            ),  # the central service's list, of those who lack one
        ]

    def __str__(self) -> str:
        return f"{self.requirement} of {self.application}"


class DocumentFile(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("document", "position")

    def __str__(self) -> str:
        return str(self.file)


class Charge(models.Model):
    """What is owed for a dossier: one row per programme submitted (R-APP-2)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="charges")
    key = models.CharField(max_length=60)
    cents = models.PositiveIntegerField()
    tier = models.CharField(max_length=15)
    at = models.DateTimeField()

    class Meta:
        ordering = ("application", "at", "pk")
        constraints = [
            models.UniqueConstraint("application", "key", name="charge_once"),
            models.CheckConstraint(name="charge_positive", condition=Q(cents__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.cents}"


class Payment(models.Model):
    """What settles charges: money received, or a waiver with its reason. Recorded by the central service."""

    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="payments")
    method = EnumField(max_length=10, enum=PaymentMethod)
    cents = models.PositiveIntegerField()
    note = models.CharField(
        max_length=200, blank=True, help_text="reference of the transfer, or why it is waived"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("application", "at", "pk")
        constraints = [
            models.CheckConstraint(name="payment_positive", condition=Q(cents__gt=0)),
            models.CheckConstraint(
                name="payment_waiver_has_a_reason",
                condition=~Q(method=PaymentMethod.WAIVER) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.cents}"
