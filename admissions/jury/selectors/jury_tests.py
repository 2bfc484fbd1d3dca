"""The tests that a jury sets, several of a kind, each with its nature (R-SEL-2, R-SEL-4)."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from admissions.jury.rules import JuryTest, OfferedAssessment, too_few
from admissions.models import Candidacy
from admissions.models.sealed import Decision, Rectification
from admissions.states import DecisionState
from campaigns.models import Assessment, Milestone
from campaigns.vocabulary import Medium, Who


def facts_of(offered: Collection[Assessment]) -> tuple[OfferedAssessment, ...]:
    """What the rules read of tests."""
    return tuple(
        OfferedAssessment(
            key=row.key,
            label=row.label,
            for_all=row.who == Who.ALL,
            several=row.several,
            at_least=row.at_least or 0,
            media=row.media,
        )
        for row in offered
    )


def jury_tests_of(row: Decision | Rectification) -> list[JuryTest]:
    """Those kept with what was decided."""
    return [
        JuryTest(key=test["key"], nature=test["nature"], medium=Medium(test["medium"]))
        for test in row.jury_tests
    ]


def lacks_jury_tests(milestone: Milestone, decided: QuerySet[Candidacy]) -> bool:
    """Whether what is recorded for some of them has fewer tests than the notice now asks a jury to set (R-SEL-4)."""
    asked = Assessment.objects.filter(called_with=milestone, several=True, at_least__gte=1)
    for test in asked:
        rows = Decision.objects.filter(
            candidacy__in=decided,
            stage=F("candidacy__stage"),
            state=DecisionState.RECORDED,
            outcome__next_stage=test.stage_id,
        )
        facts = facts_of([test])
        if any(any(too_few(facts, jury_tests_of(row))) for row in rows.only("jury_tests")):
            return True
    return False
