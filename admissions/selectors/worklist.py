"""What the central service works on, for 60,000 dossiers: see `application_list` and `candidacy_of_programme`."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.enums import Role
from accounts.models import School, User
from accounts.selectors import schools_of
from admissions.enums import DocumentState
from admissions.models import Application, Candidacy, Document
from admissions.rules.moves import ApplicationState
from campaigns.models import Campaign


def handled_campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns whose dossiers, or some of them, come to the user's central service."""
    schools = schools_of(user, Role.CLERK)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return Campaign.objects.filter(concerned).order_by("-opens_at", "slug").distinct()


def worklist(user: User, campaign: Campaign, state: ApplicationState | None) -> QuerySet[Application]:
    """A campaign's dossiers, last received first: all for its organiser, else those that apply to the school."""
    rows = Application.objects.filter(campaign=campaign)
    schools = schools_of(user, Role.CLERK)
    if not schools.filter(pk=campaign.organiser_id).exists():
        rows = rows.filter(_applies_to(schools))
    awaited = Document.objects.filter(state=DocumentState.AWAITED)
    rows = rows.select_related("person__user").prefetch_related(
        "candidacies__programme", Prefetch("documents", queryset=awaited, to_attr="awaited")
    )
    if state is None:
        return rows.order_by(F("received_at").desc(nulls_last=True), "pk")
    return rows.filter(state=state.value).order_by("-received_at", "pk")  # in the order of `application_list`


def _applies_to(schools: QuerySet[School]) -> Exists:
    return Exists(Candidacy.objects.filter(application=OuterRef("pk"), programme__school__in=schools))
