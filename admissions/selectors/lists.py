from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.selectors import schools_of
from admissions.models import Application


def handled_applications(user: User) -> QuerySet[Application]:
    """The dossiers that the user's central service handles: those of `permissions.can_handle`."""
    schools = schools_of(user, Role.CLERK)
    concerned = Q(campaign__organiser__in=schools) | Q(candidacies__programme__school__in=schools)
    return Application.objects.filter(concerned).distinct()
