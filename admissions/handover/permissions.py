"""Who stands between the central service's check and the jury: the school's admissions office (R-APP-8)."""

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import Application, Candidacy
from admissions.states import APPLIED_STATES
from common.rules import ALLOWED, Verdict, refused


def come_to(user: User) -> Q:
    """The dossiers of the campaigns that the user's school organises, and those that applied to it and still do."""
    schools = schools_of(user, Role.SCHOOL_ADMIN)
    candidacies = Candidacy.objects.filter(
        application=OuterRef("pk"), programme__school__in=schools, state__in=APPLIED_STATES
    )
    return Q(campaign__organiser__in=schools) | Q(Exists(candidacies))


def can_hand_over(user: User, application: Application) -> Verdict:
    """Give it to the jury, or back to the central service: the administrators of a school that it concerns."""
    concerned = Application.objects.filter(come_to(user), pk=application.pk)
    return ALLOWED if concerned.exists() else refused("not_your_school")
