"""What waits for the school's office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import schools_of
from admissions.dossier.rules import AWAITING_OFFICE
from admissions.handover.permissions import come_to
from admissions.models import Application
from campaigns.models import Campaign
from common.drafts.rules import fingerprint


def office_campaigns(user: User) -> QuerySet[Campaign]:
    """Those of the user's school that go by its office, or of which something still waits there; the latest first."""
    schools = schools_of(user, Role.SCHOOL_ADMIN)
    concerned = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    waiting = Application.objects.filter(campaign=OuterRef("pk"), state__in=AWAITING_OFFICE)
    rows = Campaign.objects.filter(concerned).filter(Q(school_office=True) | Exists(waiting))
    return rows.order_by("-opens_at", "slug").distinct()


def waiting_at(user: User, campaign: Campaign) -> QuerySet[Application]:
    """A campaign's dossiers that wait there, first received first: by `application_list`."""
    rows = Application.objects.filter(come_to(user), campaign=campaign, state__in=AWAITING_OFFICE)
    return rows.order_by("received_at", "pk")


def waiting_counts(user: User, campaigns: Collection[Campaign]) -> Mapping[int, int]:
    """How many wait, by campaign."""
    rows = Application.objects.filter(
        come_to(user), campaign__in=campaigns, state__in=AWAITING_OFFICE
    )
    counted = rows.order_by().values_list("campaign").annotate(count=Count("*"))
    return dict(counted)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of a campaign as a page says it: how many, and a mark that differs once one has come or gone."""

    campaign: Campaign
    count: int
    seen: str


def waiting_now(user: User, campaign: Campaign) -> Waiting:
    rows = waiting_at(user, campaign).order_by()
    said = rows.aggregate(count=Count("*"), latest=Max("completed_at"))
    return Waiting(campaign, said["count"], fingerprint(said))
