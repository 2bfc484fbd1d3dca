"""The booklet of a student by month, and the hours of each semester, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from common.datafile.values import Text
from contratpro.classes.presentation.words import (
    ShownClass,
    ShownPresence,
    in_hours,
    shown_class,
    shown_presence,
)
from contratpro.classes.rules.hours import HeldClass, HoursSum, between, sum_of
from contratpro.classes.selectors import (
    classes_between,
    held_of,
)
from contratpro.models import ClassPresence, ClassSession, StudentFile
from contratpro.states import ClassState, PresenceState
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now

A_YEAR = 12  # months


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletLine:
    """A session of the student, with both signatures."""

    shown: ShownClass
    said: ShownPresence
    attended: str
    missed: str
    may_excuse: bool
    awaits_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHours:
    """What a sum of hours says."""

    held: str
    attended: str
    missed: str
    excused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterHours:
    title: Text
    planned: int  # hours
    hours: ShownHours


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBooklet:
    """The booklet of a student for a month."""

    student: StudentFile
    said: YearDocument
    month: date
    lines: Sequence[BookletLine]
    hours: ShownHours
    semesters: Sequence[SemesterHours] = field(default=())


def month_booklet(student: StudentFile, month: date, now: datetime) -> MonthBooklet:
    """All sessions of the student in that month, with both signatures, and the sums of its hours."""
    said = year_now(student.year)
    first = datetime.combine(month.replace(day=1), time(), said.zone)
    last = datetime.combine(next_month(month), time(), said.zone)
    rows = classes_between(student, first, last)
    held = held_of(student)
    return MonthBooklet(
        student=student,
        said=said,
        month=first.date(),
        lines=[_booklet_line(session, presence, now) for session, presence in rows],
        hours=shown_hours(sum_of(one for one in held if _is_of(one, first.date()))),
        semesters=semester_hours(held, said),
    )


def semester_hours(held: Iterable[HeldClass], said: YearDocument) -> list[SemesterHours]:
    """What was held and attended in each semester; hours belong to the day of their session."""
    held = tuple(held)
    return [
        SemesterHours(
            title=one.title,
            planned=one.hours,
            hours=shown_hours(sum_of(between(held, one.since, one.until))),
        )
        for one in said.curriculum.semesters.values()
    ]


def shown_hours(hours: HoursSum) -> ShownHours:
    return ShownHours(
        held=in_hours(hours.held),
        attended=in_hours(hours.attended),
        missed=in_hours(hours.missed),
        excused=in_hours(hours.excused) if hours.excused else "",
    )


def next_month(month: date) -> date:
    years, months = divmod(month.month, A_YEAR)
    return date(month.year + years, months + 1, 1)


def _booklet_line(
    session: ClassSession, presence: ClassPresence | None, now: datetime
) -> BookletLine:
    shown = shown_class(session, now)
    counts = session.state is ClassState.COUNTERSIGNED and presence is not None
    held = (
        HeldClass(
            day=session.starts_at.date(),
            minutes=session.minutes,
            state=presence.state,
            late=presence.late_minutes,
        )
        if presence and counts
        else None
    )
    is_absent = counts and presence is not None and presence.state is PresenceState.ABSENT
    return BookletLine(
        shown=shown,
        said=shown_presence(presence),
        attended=in_hours(held.attended) if held else "",
        missed=in_hours(held.missed) if held and held.missed else "",
        may_excuse=is_absent,
        awaits_answer=bool(is_absent and presence and presence.has_document),
    )


def _is_of(held: HeldClass, month: date) -> bool:
    return (held.day.year, held.day.month) == (month.year, month.month)
