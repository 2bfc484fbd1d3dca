"""Who may do what with a dossier (docs/domain-model.md, section 5). `is_superuser` opens nothing."""

from django.db.models import Q

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Application
from common.rules.refusals import ALLOWED, Verdict, refused


def can_act(user: User, application: Application) -> Verdict:
    """Write in a dossier: whoever it belongs to, nobody else."""
    return ALLOWED if application.person.user_id == user.pk else refused("not_your_dossier")


def can_read(user: User, application: Application) -> Verdict:
    """Whoever it belongs to, and the central service of a school that it concerns."""
    return can_act(user, application) or can_handle(user, application)


def can_handle(user: User, application: Application) -> Verdict:
    """Do the central service's work: clerks of the organiser, or of a school applied to."""
    concerned = Q(school=application.campaign.organiser_id) | Q(
        school__programmes__candidacies__application=application
    )
    clerk = RoleGrant.objects.filter(concerned, user=user, role=Role.CLERK).exists()
    return ALLOWED if clerk else refused("not_your_school")
