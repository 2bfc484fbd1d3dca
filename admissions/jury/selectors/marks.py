"""The marks that eliminate (R-SEL-5): no outcome that selects is recorded while one stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from admissions.jury.rules import eliminates
from admissions.models import Candidacy
from admissions.models.sealed import Mark
from campaigns.models import Assessment


def eliminating(candidacy: Candidacy) -> list[Assessment]:
    """The tests whose marks eliminate a candidacy, in the order of the notice."""
    return eliminating_of([candidacy.pk]).get(candidacy.pk, [])


def eliminating_of(
    candidacies: Collection[int] | QuerySet[Candidacy, Any],
) -> Mapping[int, list[Assessment]]:
    """The same for several, by key, of those who have any."""
    given: dict[tuple[int, Assessment, str], list[int]] = defaultdict(list)
    rows = Mark.objects.filter(candidacy__in=candidacies, assessment__eliminates_at__isnull=False)
    for mark in rows.select_related("assessment").order_by(
        "assessment__stage__position", "assessment__position"
    ):
        given[mark.candidacy_id, mark.assessment, mark.nature].append(mark.hundredths)
    found: dict[int, list[Assessment]] = defaultdict(list)
    for (candidacy, test, _nature), marks in given.items():
        if eliminates(marks, test.eliminates_at):
            found[candidacy].append(test)
    return found
