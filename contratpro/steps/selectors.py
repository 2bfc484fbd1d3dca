"""How far students are in the steps of their year, and what these earn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet, prefetch_related_objects

from contratpro.models import ContactSheet, ContractYear, StepRecord, StudentFile
from contratpro.states import BOUND_STUDENTS, StepState
from contratpro.steps.rules import (
    STEP_PAPERS,
    ConductScale,
    StepDone,
    StepPaper,
    StepPhase,
    StepRule,
    StepStanding,
    is_late,
    is_out_of_order,
    standings,
)
from contratpro.students.selectors import student_by_ref
from contratpro.vocabulary import Party
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


def rule_for(student: StudentFile, key: str) -> StepRule:
    """Raises StopIteration for a step that the year does not have."""
    return next(rule for rule in rules_for(student) if rule.key == key)


def has_step(student: StudentFile, key: str) -> bool:
    """Whether the year has that step."""
    return any(rule.key == key for rule in rules_for(student))


def is_on_record(student: StudentFile, key: str) -> bool:
    """Whether that step is declared or done."""
    return student.steps.filter(key=key).exclude(state=StepState.TO_DO).exists()


def papers_of(student: StudentFile) -> Mapping[str, StepPaper]:
    """The paper that declares each step; a contact sheet may be on paper, until one is begun here."""
    if ContactSheet.objects.filter(student=student).exists():
        return STEP_PAPERS
    return {key: paper for key, paper in STEP_PAPERS.items() if paper is not StepPaper.SHEET}


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
        today=today_of(student.year, now) if student.state in BOUND_STUDENTS else None,
    )


def standing_of(student: StudentFile, key: str, now: datetime) -> StepStanding:
    """One of its steps. Raises LookupError for one that the year does not have."""
    for step in standings_of(student, now):
        if step.rule.key == key:
            return step
    raise LookupError(f"no step {key!r} in {student.year}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentProgress:
    """How far a student of a cohort is; `late`: steps that were done late, or are overdue."""

    student_id: int
    department: str
    steps: tuple[StepStanding, ...]
    late: tuple[str, ...]

    def phases(self, key: str = "") -> set[StepPhase]:
        """Those of all steps, or of that one."""
        return {step.phase for step in self.steps if key in {"", step.rule.key}}

    def has_step(self, key: str, phase: str, who: str) -> bool:
        """Whether one of the steps is that one, is that far, and waits for that party; what is empty, is any."""
        return any(
            key in {"", step.rule.key}
            and phase in {"", step.phase}
            and (not who or Party(who) in step.who)
            for step in self.steps
        )


def cohort(
    students: QuerySet[StudentFile], year: ContractYear, now: datetime
) -> list[StudentProgress]:
    """How far each of those students is, in their order: two statements for any number."""
    assert year.current_version_id, "a year is loaded with its first version"
    today = today_of(year, now)
    records, late = _records_of(students)
    progress = []
    columns = ("pk", "department", "double_degree", "state")
    for pk, department, double_degree, state in students.values_list(*columns):
        steps = standings(
            step_rules(year.current_version_id, department),
            records[pk],
            double_degree=double_degree,
            today=today if state in BOUND_STUDENTS else None,
        )
        overdue = [step.rule.key for step in steps if step.phase is StepPhase.OVERDUE]
        progress.append(
            StudentProgress(
                student_id=pk,
                department=department,
                steps=steps,
                late=(*late[pk], *overdue),
            )
        )
    return progress


def _records_of(
    students: QuerySet[StudentFile],
) -> tuple[Mapping[int, dict[str, StepDone]], Mapping[int, list[str]]]:
    """What is on record of each student's steps, and which of them were done late."""
    rows = StepRecord.objects.filter(student__in=students.order_by().values("pk"))
    columns = ("student_id", "key", "state", "done_on", "points", "late")
    done: dict[int, dict[str, StepDone]] = defaultdict(dict)
    late: dict[int, list[str]] = defaultdict(list)
    for pk, key, state, done_on, points, was_late in rows.values_list(*columns):
        done[pk][key] = StepDone(state=state, done_on=done_on, points=points)
        if was_late:
            late[pk].append(key)
    return done, late


def of_a_page(progress: Iterable[StudentProgress]) -> list[tuple[StudentFile, StudentProgress]]:
    """Each with the row of its student, in the same order."""
    progress = list(progress)
    rows = StudentFile.objects.in_bulk([one.student_id for one in progress])
    return [(rows[one.student_id], one) for one in progress]


def to_mark(progress: StudentProgress) -> list[StepStanding]:
    """The steps that were declared and wait for their points."""
    return [
        step
        for step in progress.steps
        if step.phase is StepPhase.DONE and step.rule.top is not None
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenStep:
    """A step of the students who were ticked, each with its steps."""

    year: ContractYear
    key: str
    title: str
    top: int | None
    students: tuple[StudentFile, ...]

    def standings(self, now: datetime) -> list[tuple[StudentFile, StepStanding]]:
        return [(student, standing_of(student, self.key, now)) for student in self.students]

    def is_late(self, student: StudentFile, day: date) -> bool:
        return is_late(rule_for(student, self.key), day)

    def is_out_of_order(self, student: StudentFile) -> bool:
        return is_out_of_order(
            rule_for(student, self.key),
            done_of(student.steps.all()),
            rules_for(student),
            double_degree=student.double_degree,
        )


def ticked(students: QuerySet[StudentFile], refs: Sequence[str]) -> tuple[StudentFile, ...]:
    """Those of the students who were ticked, with their steps."""
    rows = students.filter(ref__in=refs).select_related("year").prefetch_related("steps")
    return tuple(rows)


def student_with_steps(ref: str) -> StudentFile | None:
    student = student_by_ref(ref)
    if student:
        prefetch_related_objects([student], "steps__done_by")
    return student
