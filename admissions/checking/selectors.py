"""What the central service works on, for 60,000 dossiers: see `application_list` and `candidacy_of_programme`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.enums import Role
from accounts.models import School, User
from accounts.selectors import schools_of
from admissions.dossier.selectors.read_model import Localized
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Document
from admissions.states import ApplicationState
from campaigns.models import Campaign
from campaigns.notice.selectors import notice


def handled_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns whose dossiers, or some of them, come to the user's central service."""
    schools = schools_of(user, Role.CLERK)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return Campaign.objects.filter(concerned).order_by("-opens_at", "slug").distinct()


def worklist(
    user: User, campaign: Campaign, state: ApplicationState | None
) -> QuerySet[Application]:
    """A campaign's dossiers, last received first: all for its organiser, else those that apply to the school."""
    rows = _handled(user, campaign)
    awaited = Document.objects.filter(state=DocumentState.AWAITED)
    rows = rows.prefetch_related(
        "candidacies__programme", Prefetch("documents", queryset=awaited, to_attr="awaited")
    )
    if state is None:
        return rows.order_by(F("received_at").desc(nulls_last=True), "pk")
    return rows.filter(state=state).order_by(
        "-received_at", "pk"
    )  # in the order of `application_list`


def handled(user: User, campaigns: Sequence[Campaign]) -> QuerySet[Application]:
    """The dossiers of those campaigns that come to the user's central service, the newest first."""
    schools = schools_of(user, Role.CLERK)
    rows = Application.objects.filter(
        Q(campaign__organiser__in=schools) | _comes_to(schools), campaign__in=campaigns
    )
    return rows.select_related("campaign").order_by("-pk")


def counts_by_state(user: User, campaign: Campaign) -> dict[ApplicationState, int]:
    """How many dossiers are in each state, by `application_list`."""
    found = _handled(user, campaign).order_by().values_list("state").annotate(count=Count("*"))
    counts = dict(found)
    return {state: counts[state] for state in ApplicationState if state in counts}


def after_in_worklist(user: User, application: Application) -> str | None:
    """The dossier that comes next in the list of those in its state; from one done with, the next to check."""
    campaign, received_at = application.campaign, application.received_at
    rows = (
        _handled(user, campaign).filter(state=ApplicationState.SUBMITTED).exclude(pk=application.pk)
    )
    if received_at and application.state == ApplicationState.SUBMITTED:
        rows = rows.filter(
            Q(received_at__lt=received_at) | Q(received_at=received_at, pk__gt=application.pk)
        )
    return rows.order_by("-received_at", "pk").values_list("ref", flat=True).first()


def _handled(user: User, campaign: Campaign) -> QuerySet[Application]:
    """All for the campaign's organiser, else those that apply to the school, or that it types."""
    rows = Application.objects.filter(campaign=campaign)
    schools = schools_of(user, Role.CLERK)
    if schools.filter(pk=campaign.organiser_id).exists():
        return rows
    return rows.filter(_comes_to(schools))


def _comes_to(schools: QuerySet[School]) -> Q:
    candidacies = Candidacy.objects.filter(application=OuterRef("pk"))
    typed = Q(entered_by__in=schools, person__user=None)
    return typed | Q(Exists(candidacies.filter(programme__school__in=schools)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    selection: Localized
    stage: Localized
    announced_at: datetime
    firm: bool
    open_ended: bool  # from that day on
    programmes: frozenset[str]


def file_reviews(campaign: Campaign) -> tuple[FileReview, ...]:
    """The first stage of each selection, with the date on which its results are announced."""
    if campaign.current_version_id is None:
        return ()
    document = notice(campaign.current_version_id)
    found = []
    for key, selection in document.selections.items():
        stage = selection.stages[selection.first]
        window = document.window(stage.announce)
        announced_at = window.starts_at or window.ends_at
        if announced_at:
            codes = frozenset(row.code for row in document.programmes if row.selection == key)
            found.append(
                FileReview(
                    selection=selection.title,
                    stage=stage.label,
                    announced_at=announced_at,
                    firm=document.is_firm(stage.announce),
                    open_ended=window.open_ended,
                    programmes=codes,
                )
            )
    return tuple(found)
