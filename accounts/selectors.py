from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import School, User


def schools_of(user: User, *roles: Role) -> QuerySet[School]:
    """The schools for which `user` holds one of `roles`."""
    return School.objects.filter(grants__user=user, grants__role__in=roles).distinct()


def works_for_a_school(user: User) -> bool:
    """Whether `user` sees more than an own dossier, and so needs a second factor."""
    return user.is_staff or user.grants.exists()
