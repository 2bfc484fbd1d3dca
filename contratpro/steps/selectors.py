"""How far students are in the steps of their year, and what these earn."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from contratpro.models import ContractYear, StepRecord, StudentFile
from contratpro.steps.rules import (
    ConductScale,
    StepDone,
    StepRule,
    StepStanding,
    standings,
)
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now, year_said


@lru_cache(maxsize=128)
def step_rules(version_id: int, department: str) -> tuple[StepRule, ...]:
    """The steps of a version of a year, with their last day in a department; a day that is assumed is none."""
    said = year_said(version_id)
    return tuple(
        StepRule(
            key=key,
            who=step.who,
            after=step.after,
            due=firm_day(said, step.due, department),
            top=step.scale.top if step.scale else None,
            double_degree=bool(step.double_degree),
            if_happened=bool(step.if_happened),
        )
        for key, step in said.steps.items()
    )


def firm_day(said: YearDocument, key: str | None, department: str) -> date | None:
    """The day of a date that the school has confirmed; nothing is due by one that is assumed."""
    if key is None or said.is_assumed(key, department):
        return None
    return said.day(key, department)


def rules_for(student: StudentFile) -> tuple[StepRule, ...]:
    version = student.year.current_version_id
    assert version, "a year is loaded with its first version"
    return step_rules(version, student.department)


def scale_for(student: StudentFile) -> ConductScale:
    """How the conduct of the student is marked; it closes on a day that may still be assumed."""
    said = year_now(student.year)
    conduct = said.marks.conduct
    return ConductScale(
        out_of=conduct.out_of,
        decimals=conduct.rounding.decimals,
        half=conduct.rounding.half,
        closes=said.day(conduct.closes, student.department),
    )


def done_of(records: Iterable[StepRecord]) -> dict[str, StepDone]:
    return {
        row.key: StepDone(state=row.state, done_on=row.done_on, points=row.points)
        for row in records
    }


def today_of(year: ContractYear, now: datetime) -> date:
    """The day in the school's zone."""
    return now.astimezone(year_now(year).zone).date()


def standings_of(student: StudentFile, now: datetime) -> tuple[StepStanding, ...]:
    """Each step of a student as it stands today in the school's zone. Reads `student.steps`: prefetch it for many."""
    return standings(
        rules_for(student),
        done_of(student.steps.all()),
        double_degree=student.double_degree,
        today=today_of(student.year, now),
    )


def standing_of(student: StudentFile, key: str, now: datetime) -> StepStanding:
    """One of its steps. Raises LookupError for one that the year does not have."""
    for step in standings_of(student, now):
        if step.rule.key == key:
            return step
    raise LookupError(f"no step {key!r} in {student.year}")
