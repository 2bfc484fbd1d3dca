"""Job projects: those of a candidate, those that a school follows; the commitment of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import ACCEPTED, SEARCHING, Application, Candidacy
from admissions.places.permissions import READERS
from admissions.places.rules import Item
from admissions.places.selectors.checklist import search_ends
from admissions.places.selectors.pools import PoolCount, active_seat, count_pool
from apprenticeship.models import LIVE_COMMITMENT_STATES, Commitment, JobProject
from apprenticeship.projects.rules import project_item
from apprenticeship.states import CommitmentState, ProjectState
from campaigns.models import Campaign
from campaigns.vocabulary import AdmissionWay
from common.models import JournalEntry
from common.rules import fold

MOST_FOUND = 20


def searches(application: Application) -> list[Candidacy]:
    """The candidacies of a dossier for which a company is looked for, or found."""
    rows = application.candidacies.filter(
        state__in=ACCEPTED, programme__admission=AdmissionWay.CONTRACT
    )
    return list(
        rows.select_related("programme__pool", "application__campaign").order_by(
            "programme__position"
        )
    )


def projects_of(application: Application) -> list[JobProject]:
    rows = JobProject.objects.filter(candidacy__application=application)
    return list(
        rows.select_related("candidacy__programme", "company").order_by("-created_at", "-pk")
    )


def followed_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns some of whose projects come to the user's schools."""
    schools = schools_of(user, *READERS)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return Campaign.objects.filter(concerned).order_by("-opens_at", "slug").distinct()


def under_way(campaigns: Sequence[Campaign]) -> Campaign:
    """The first of them that has job projects: where the work is. The first of all if none has."""
    rows = JobProject.objects.filter(candidacy__programme__campaign__in=campaigns)
    having = set(rows.values_list("candidacy__programme__campaign", flat=True).distinct())
    return next((row for row in campaigns if row.pk in having), campaigns[0])


def followed_projects(
    user: User, campaign: Campaign, state: ProjectState | None
) -> QuerySet[JobProject]:
    """A campaign's projects: all for its organiser, else those of the school's programmes. See `project_list`."""
    rows = JobProject.objects.filter(candidacy__programme__campaign=campaign)
    schools = schools_of(user, *READERS)
    if not schools.filter(pk=campaign.organiser_id).exists():
        rows = rows.filter(candidacy__programme__school__in=schools)
    rows = rows.select_related(
        "candidacy__application__person__user", "candidacy__programme", "company"
    )
    if state is None:
        return rows.order_by("-created_at", "-pk")
    return rows.filter(state=state).order_by("submitted_at", "pk")


def selected_candidates(user: User, words: str) -> list[Candidacy]:
    """The first selected candidacies of the office's schools whose person has these words; none without a word."""
    return list(having_words(user, words)[:MOST_FOUND]) if words.strip() else []


def having_words(user: User, words: str) -> QuerySet[Candidacy]:
    schools = schools_of(user, Role.COMPANY_OFFICE)
    rows = Candidacy.objects.filter(
        Q(programme__school__in=schools) | Q(application__campaign__organiser__in=schools),
        state__in=SEARCHING,
        programme__admission=AdmissionWay.CONTRACT,
    )
    for word in fold(words).split():
        rows = rows.filter(application__search_text__contains=word)
    return rows.select_related("application__campaign", "programme").order_by("sort_key", "pk")


def history_of(project: JobProject) -> QuerySet[JournalEntry]:
    entries = JournalEntry.objects.filter(object_type="job_project", object_ref=project.ref)
    return entries.exclude(verb="save_draft").order_by("at", "pk")


def read_projects(candidacies: Sequence[Candidacy]) -> dict[int, Item]:
    """Where the job project stands on the way to the admission, by key of the candidacy: the best of its projects."""
    rows = JobProject.objects.filter(candidacy__in=candidacies).order_by("pk")
    states: dict[int, list[ProjectState]] = {row.pk: [] for row in candidacies}
    for key, state in rows.values_list("candidacy", "state"):
        states[key].append(ProjectState(state))
    ends = search_ends(candidacies)
    return {key: project_item(found, ends.get(key)) for key, found in states.items()}


def live_commitment(application: Application) -> Commitment | None:
    rows = Commitment.objects.filter(application=application, state__in=LIVE_COMMITMENT_STATES)
    return rows.select_related("project__company", "project__candidacy__programme").first()


def state_of(commitment: Commitment | None) -> CommitmentState | None:
    return commitment.state if commitment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What an approval would take, as it is counted now. `replaces`: the place of a project approved before."""

    project: JobProject
    count: PoolCount
    replaces: bool

    @property
    def takes_a_place(self) -> bool:
        return not self.replaces and self.count.left > self.count.queued

    @property
    def waits(self) -> bool:
        return not self.replaces and not self.takes_a_place


def approval_of(project: JobProject, now: datetime) -> Approval:
    candidacy = project.candidacy
    return Approval(
        project=project,
        count=count_pool(candidacy.programme.pool_id, now),
        replaces=active_seat(candidacy.application) is not None,
    )
