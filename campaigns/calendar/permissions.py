"""Who may do what with a calendar (docs/domain-model.md, section 5). `is_superuser` reads it, and arms nothing."""

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import can_administer_platform, has_role
from accounts.selectors import schools_of
from campaigns.models import Campaign
from common.rules import ALLOWED, Verdict, refused

ARMING = (Role.CLERK, Role.PRESIDENT, Role.SCHOOL_ADMIN)


def can_run(user: User, campaign: Campaign) -> Verdict:
    """Arm and confirm what a campaign's dates do, hold it, skip it, and see how many it concerns."""
    if has_role(user, campaign.organiser, *ARMING):
        return ALLOWED
    return refused("may_not_run_calendar", school=campaign.organiser.name)


def readable_calendars(user: User) -> QuerySet[Campaign]:
    """The campaigns whose calendar a member of staff reads: those of a school that one works for."""
    campaigns = Campaign.objects.select_related("organiser")
    if can_administer_platform(user):
        return campaigns
    schools = schools_of(user, *Role)
    mine = Q(organiser__in=schools) | Q(programmes__school__in=schools)
    return campaigns.filter(pk__in=Campaign.objects.filter(mine).values("pk"))
