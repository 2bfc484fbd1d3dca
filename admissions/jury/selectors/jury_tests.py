"""The tests that a jury sets, several of a kind, each with its nature (R-SEL-2, R-SEL-4)."""

from collections.abc import Collection

from admissions.jury.rules import JuryTest, OfferedAssessment
from admissions.models.sealed import Decision, Rectification
from campaigns.models import Assessment
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
