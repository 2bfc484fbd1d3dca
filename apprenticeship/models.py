from django.db import models
from django.db.models import F, Q

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.models.places import subject_of
from apprenticeship.states import (
    COMMITMENT_MOVES,
    CONTRACT_MOVES,
    LIVE_COMMITMENTS,
    LIVE_CONTRACTS,
    PROJECT_MOVES,
    CommitmentState,
    ContractState,
    ProjectState,
)
from campaigns.models import Campaign
from common.drafts.models import DraftVersion
from common.fields import EnumField, Movable, Subject
from common.refs import REF_LENGTH, new_ref
from companies.models import Company

NOT_DECIDED = [ProjectState.DRAFT.value, ProjectState.SUBMITTED.value]
MAY_LACK_COMPANY = [ProjectState.DRAFT.value, ProjectState.ABANDONED.value]
EXPLAINED = [
    ProjectState.CHANGES_ASKED.value,
    ProjectState.REFUSED.value,
    ProjectState.DEFAULTED.value,
]
LIVE_CONTRACT_STATES = [state.value for state in LIVE_CONTRACTS]
LIVE_COMMITMENT_STATES = [state.value for state in LIVE_COMMITMENTS]
CONTRACT_DRAFT = ContractState.DRAFT.value
UNCOUNTERSIGNED = [ContractState.DRAFT.value, ContractState.SIGNED.value]
COUNTERSIGNED = [ContractState.COUNTERSIGNED.value, ContractState.ENDED.value]
CONTRACT_BROKEN = ContractState.BROKEN.value


class JobProject(Movable):
    """The job that a company offers a candidate, judged by the pedagogical head (R-JOB-2)."""

    moves = PROJECT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    candidacy = models.ForeignKey(Candidacy, on_delete=models.PROTECT, related_name="job_projects")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="job_projects"
    )
    state = EnumField(
        max_length=15,
        enum=ProjectState,
        default=ProjectState.DRAFT,
    )
    reason = models.CharField(
        max_length=1000, blank=True, help_text="what to change, or why it is refused or ended"
    )
    employer_email = models.EmailField()
    draft = models.JSONField(
        default=dict, blank=True, help_text="what the employer typed and has not sent"
    )
    draft_at = models.DateTimeField(null=True, blank=True, help_text="when it was last saved")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="of the last version")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("candidacy", "created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                "candidacy",
                name="project_one_submitted",
                condition=Q(state=ProjectState.SUBMITTED.value),
            ),
            models.CheckConstraint(
                name="project_submitted_by_a_company",
                condition=Q(state__in=MAY_LACK_COMPANY)
                | Q(company__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="project_reason_where_one_is_owed",
                condition=~Q(state__in=EXPLAINED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="project_decided_at_iff_decided",
                condition=Q(state__in=NOT_DECIDED, decided_at__isnull=True)
                | Q(state=ProjectState.ABANDONED.value)
                | (
                    ~Q(state__in=[*NOT_DECIDED, ProjectState.ABANDONED.value])
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="project_decided_by_iff_decided_at",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                "state", "submitted_at", "id", name="project_list"
            ),  # the pedagogical head's list
            models.Index("created_at", "id", name="project_newest"),  # the same, whatever the state
        ]

    def __str__(self) -> str:
        return self.ref

    def in_journal(self) -> Subject:
        return subject_of("job_project", self.ref, self.candidacy.application)


class ProjectVersion(DraftVersion):
    """What the employer wrote, each time it was submitted."""

    project = models.ForeignKey(JobProject, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ("project", "number")
        constraints = [
            models.UniqueConstraint("project", "number", name="project_version_once"),
            models.CheckConstraint(name="project_version_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.project}, version {self.number}"


class Commitment(Movable):
    """That a company, the school and a candidate agree to a project, where the notice makes it firm (R-JOB-4)."""

    moves = COMMITMENT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="commitments"
    )
    project = models.ForeignKey(JobProject, on_delete=models.PROTECT, related_name="commitments")
    state = EnumField(
        max_length=10,
        enum=CommitmentState,
        default=CommitmentState.OPEN,
    )
    company_agreed_at = models.DateTimeField()
    school_agreed_at = models.DateTimeField()
    candidate_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("application", "pk")
        constraints = [
            models.UniqueConstraint(
                "application",
                name="commitment_one_live",
                condition=Q(state__in=LIVE_COMMITMENT_STATES),
            ),
            models.CheckConstraint(
                name="commitment_firm_once_all_agreed",
                condition=Q(state=CommitmentState.OPEN.value, candidate_agreed_at__isnull=True)
                | Q(state=CommitmentState.FIRM.value, candidate_agreed_at__isnull=False)
                | Q(state=CommitmentState.ENDED.value),
            ),
            models.CheckConstraint(
                name="commitment_ended_at_iff_ended",
                condition=Q(state=CommitmentState.ENDED.value, ended_at__isnull=False)
                | (~Q(state=CommitmentState.ENDED.value) & Q(ended_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def in_journal(self) -> Subject:
        return subject_of("commitment", self.ref, self.application)


class Contract(Movable):
    """The apprenticeship contract of an approved project that holds a seat (R-JOB-3, R-JOB-10)."""

    moves = CONTRACT_MOVES
    ref = models.CharField(max_length=REF_LENGTH, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="contracts")
    project = models.ForeignKey(JobProject, on_delete=models.PROTECT, related_name="contracts")
    state = EnumField(
        max_length=15,
        enum=ContractState,
        default=CONTRACT_DRAFT,
    )
    starts_on = models.DateField()
    derogation = models.CharField(
        max_length=300, blank=True, help_text="why the age limit does not apply (R-ELI-5)"
    )
    signed_on = models.DateField(null=True, blank=True)
    countersigned_on = models.DateField(null=True, blank=True)
    broken_on = models.DateField(null=True, blank=True)
    broken_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("application", "pk")
        constraints = [
            models.UniqueConstraint(
                "application", name="contract_one_live", condition=Q(state__in=LIVE_CONTRACT_STATES)
            ),
            models.CheckConstraint(
                name="contract_signed_on_iff_signed",
                condition=Q(state=CONTRACT_DRAFT, signed_on__isnull=True)
                | (~Q(state=CONTRACT_DRAFT) & Q(signed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="contract_countersigned_on_iff_countersigned",
                condition=Q(state__in=UNCOUNTERSIGNED, countersigned_on__isnull=True)
                | Q(state__in=COUNTERSIGNED, countersigned_on__isnull=False)
                | Q(state=CONTRACT_BROKEN),
            ),
            models.CheckConstraint(
                name="contract_countersigned_after_signed",
                condition=Q(countersigned_on__isnull=True)
                | Q(countersigned_on__gte=F("signed_on")),
            ),
            models.CheckConstraint(
                name="contract_broken_iff_said_why",
                condition=(Q(state=CONTRACT_BROKEN, broken_on__isnull=False) & ~Q(broken_why=""))
                | (~Q(state=CONTRACT_BROKEN) & Q(broken_on__isnull=True, broken_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def in_journal(self) -> Subject:
        return subject_of("contract", self.ref, self.application)


class SearchNews(models.Model):
    """What the candidate of a candidacy was told of its search, so that nobody is told it twice (R-JOB-1, R-JOB-3)."""

    candidacy = models.OneToOneField(
        Candidacy, on_delete=models.CASCADE, related_name="search_news"
    )
    begun_at = models.DateTimeField(help_text="when they were told that it begins")
    left = models.PositiveSmallIntegerField(help_text="places left, as they were last told")

    class Meta:
        verbose_name_plural = "search news"

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.left}"


class PlacesNews(models.Model):
    """A day on which those who search were told the places left (R-JOB-3)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="places_news")
    day = models.DateField(help_text="of the rhythm; told then, or as soon as it could be")
    at = models.DateTimeField()
    people = models.PositiveIntegerField(help_text="how many were written to")
    places = models.JSONField(help_text="by pool, what was left of how many")

    class Meta:
        verbose_name_plural = "places news"
        constraints = [models.UniqueConstraint("campaign", "day", name="places_told_once_a_day")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.day}"
