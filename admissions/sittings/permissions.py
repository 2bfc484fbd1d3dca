"""Who sets the hours of tests, and who opens them to be booked."""

from django.db.models import Q

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Candidacy
from campaigns.models import Assessment
from common.rules import ALLOWED, Verdict, refused

SCHEDULING = (Role.CLERK, Role.PRESIDENT)


def can_schedule(user: User, candidacy: Candidacy) -> Verdict:
    """Set when and where a test is held: clerks and presidents of the organiser, or of the programme's school."""
    schools = (candidacy.application.campaign.organiser_id, candidacy.programme.school_id)
    grants = RoleGrant.objects.filter(user=user, school__in=schools, role__in=SCHEDULING)
    return ALLOWED if grants.exists() else refused("not_your_school")


def can_open_slots(user: User, assessment: Assessment) -> Verdict:
    """Offer hours or days of a test: clerks and presidents of the organiser, or of a school that selects by it."""
    selection = assessment.stage.selection
    concerned = Q(school=selection.campaign.organiser_id) | Q(
        school__programmes__selection=selection
    )
    grants = RoleGrant.objects.filter(concerned, user=user, role__in=SCHEDULING)
    return ALLOWED if grants.exists() else refused("not_your_school")
