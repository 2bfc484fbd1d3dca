"""The tests to which candidates are called and whose hour the office sets: see `sitting_to_call`."""

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.selectors import schools_of
from admissions.models.sealed import Sitting
from admissions.permissions import SCHEDULING
from admissions.rules.moves import AWAITED_SITTINGS
from campaigns.models import Assessment, Campaign
from campaigns.vocabulary import BY_CANDIDATES, Booking


def scheduled_campaigns(user: User) -> QuerySet[Campaign]:
    """Those for which the user sets hours, in whole or for some programmes."""
    schools = schools_of(user, *SCHEDULING)
    return Campaign.objects.filter(Q(organiser__in=schools) | Q(programmes__school__in=schools)).distinct()


def timed_assessments(campaign: Campaign) -> QuerySet[Assessment]:
    """The tests that have an hour, in the order of the notice."""
    rows = Assessment.objects.filter(stage__selection__campaign=campaign).exclude(
        booking=Booking.NONE.value, sat_with__isnull=True
    )
    related = ("stage__selection", "window")
    return rows.select_related(*related).order_by("stage__selection__position", "stage__position", "position")


def bookable_assessments(slug: str) -> QuerySet[Assessment]:
    """The tests of a campaign whose candidates book."""
    rows = Assessment.objects.filter(stage__selection__campaign__slug=slug, booking__in=BY_CANDIDATES)
    return rows.select_related("stage__selection__campaign__organiser", "window")


def called_sittings(user: User, campaign: Campaign, assessment: Assessment, *, without_time: bool) -> QuerySet[Sitting]:
    """Who is called and has not sat it yet; what is planned is sealed."""
    rows = Sitting.objects.filter(assessment=assessment, state__in=AWAITED_SITTINGS)
    rows = rows.filter(candidacy__stage=assessment.stage_id)
    schools = schools_of(user, *SCHEDULING)
    if not schools.filter(pk=campaign.organiser_id).exists():
        rows = rows.filter(candidacy__programme__school__in=schools)
    if without_time:
        rows = rows.filter(starts_at__isnull=True)
    return rows.select_related("candidacy__application__person", "candidacy__programme").order_by(
        "starts_at", "candidacy__sort_key", "pk"
    )
