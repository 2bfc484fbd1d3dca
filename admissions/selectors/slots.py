"""The slots of a test, with what is taken in each."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from admissions.models import Slot
from admissions.rules.moves import SittingState
from campaigns.models import Assessment

TAKEN = [state.value for state in (SittingState.BOOKED, SittingState.SAT, SittingState.ABSENT)]


def with_taken(slots: QuerySet[Slot]) -> QuerySet[Any]:
    """Counts those of the test itself: who sits another one with it takes no second place."""
    of_the_test = Q(sittings__assessment=F("assessment"), sittings__state__in=TAKEN)
    return slots.annotate(taken=Count("sittings", filter=of_the_test))


def slots_of(assessment: Assessment) -> QuerySet[Any]:
    return with_taken(Slot.objects.filter(assessment=assessment)).order_by("starts_at", "place")


def slots_to_come(assessment: Assessment, now: datetime) -> QuerySet[Any]:
    return slots_of(assessment).filter(starts_at__gt=now)
