from django.db.models import Prefetch, QuerySet

from accounts.models import User
from admissions.models import Application, Candidacy
from admissions.selectors.rows import ANSWERED


def own_applications(user: User) -> QuerySet[Application]:
    """The user's own dossiers, the latest first, each with the candidacies that were `answered`."""
    told = Candidacy.objects.filter(told_at__isnull=False, state__in=ANSWERED)
    answered = Prefetch("candidacies", told.select_related("programme", "outcome"), to_attr="answered")
    mine = Application.objects.filter(person__user=user).select_related("campaign__organiser")
    return mine.prefetch_related(answered).order_by("-started_at")
