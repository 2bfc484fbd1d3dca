from django.db.models import QuerySet

from accounts.models import User
from admissions.models import Application


def own_applications(user: User) -> QuerySet[Application]:
    """The user's own dossiers, the latest first."""
    mine = Application.objects.filter(person__user=user).select_related("campaign__organiser")
    return mine.order_by("-started_at")
