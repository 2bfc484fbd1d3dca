"""Steps and their mark in words: where each is, what it brings, what an act will do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.datafile.values import Text
from common.templatetags.rentree import localized
from contratpro.models import StepRecord, StudentFile
from contratpro.states import StepState
from contratpro.steps.rules import (
    ConductScale,
    Counting,
    MarkLine,
    StepPhase,
    StepStanding,
    conduct_mark,
    heading_mark,
    mark_lines,
    may_declare,
    may_mark,
)
from contratpro.steps.selectors import (
    ChosenStep,
    StudentProgress,
    scale_for,
    standings_of,
    to_mark,
    today_of,
)
from contratpro.vocabulary import Party
from contratpro.year.document.schema import YearDocument, YearStep
from contratpro.year.selectors import year_now

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class PhaseSign:
    """How a phase is shown: never by its colour alone."""

    phase: StepPhase
    word: str | Promise
    icon: str
    tone: str


SIGNS: Mapping[StepPhase, PhaseSign] = {
    sign.phase: sign
    for sign in (
        PhaseSign(StepPhase.OVERDUE, gettext_lazy("overdue"), "exclamation-triangle-fill", "due"),
        PhaseSign(StepPhase.OPEN, gettext_lazy("to do now"), "arrow-right", "action"),
        PhaseSign(StepPhase.LATER, gettext_lazy("later"), "circle", "quiet"),
        PhaseSign(StepPhase.DONE, gettext_lazy("declared"), "check2", "done"),
        PhaseSign(StepPhase.MARKED, gettext_lazy("marked"), "check-circle-fill", "done"),
        PhaseSign(
            StepPhase.NOT_CONCERNED,
            pgettext_lazy("a step", "not concerned"),
            "dash-circle",
            "quiet",
        ),
        PhaseSign(
            StepPhase.NEVER_HAPPENED, pgettext_lazy("an incident", "none"), "dash-circle", "quiet"
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step of a student with all that is said of it; `due` is only told where it is `assumed`."""

    key: str
    said: YearStep
    parties: tuple[Text, ...]
    standing: StepStanding
    sign: PhaseSign
    due: date | None
    assumed: bool
    record: StepRecord | None
    mark: MarkLine
    mark_words: str

    @property
    def phase(self) -> StepPhase:
        return self.standing.phase

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to act now."""
        return self.phase in {StepPhase.OPEN, StepPhase.OVERDUE}

    @property
    def by_student(self) -> bool:
        return Party.STUDENT in self.said.who


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSheet:
    """The mark of the conduct as it stands: earned so far, at the most, given in place of it; each line explained."""

    scale: ConductScale
    closes_assumed: bool
    earned: int
    top: int
    now: Decimal | None
    heading: Decimal | None
    given: Decimal | None
    reason: str
    lines: tuple[StepLine, ...]


def step_lines(student: StudentFile, now: datetime) -> tuple[StepLine, ...]:
    """Each step that concerns the student, in the order of the year."""
    said = year_now(student.year)
    today = today_of(student.year, now)
    steps = standings_of(student, now)
    marks = {line.key: line for line in mark_lines(steps, scale_for(student), today=today)}
    records = {row.key: row for row in student.steps.all()}
    return tuple(
        _line(step, marks[step.rule.key], records.get(step.rule.key), student, said)
        for step in steps
        if step.phase is not StepPhase.NOT_CONCERNED
    )


def _line(
    step: StepStanding,
    mark: MarkLine,
    record: StepRecord | None,
    student: StudentFile,
    said: YearDocument,
) -> StepLine:
    key = step.rule.key
    due = said.steps[key].due
    return StepLine(
        key=key,
        said=said.steps[key],
        parties=tuple(said.parties[party].title for party in step.rule.who),
        standing=step,
        sign=SIGNS[step.phase],
        due=said.day(due, student.department) if due else None,
        assumed=bool(due) and step.rule.due is None,
        record=record,
        mark=mark,
        mark_words=mark_words(mark, step),
    )


def mark_words(mark: MarkLine, step: StepStanding) -> str:
    """What a step brings to the mark, or why it brings nothing."""
    match mark.counting:
        case Counting.COUNTS:
            return _counted(mark, step)
        case Counting.NO_SCALE:
            return _("on record, earns no points")
        case Counting.AFTER_CLOSING:
            return _("after the mark closes: on record, not counted")
        case Counting.NEVER_HAPPENED:
            return _("nothing happened: not counted")
        case Counting.NOT_CONCERNED:
            return _("not concerned: not counted")
    assert_never(mark.counting)


def _counted(mark: MarkLine, step: StepStanding) -> str:
    words = {"earned": mark.earned, "top": mark.top}
    if step.phase is StepPhase.MARKED:
        return _("%(earned)s of %(top)s") % words
    if step.phase is StepPhase.DONE:
        return _("to be marked: up to %(top)s") % words
    if mark.may_still_earn:
        return _("to do: up to %(top)s") % words
    return _("0 of %(top)s as it stands: not done in time") % words


def mark_sheet(student: StudentFile, lines: Iterable[StepLine]) -> MarkSheet:
    """The mark of a student, from the lines of all steps."""
    lines = tuple(lines)
    scale = scale_for(student)
    marks = [line.mark for line in lines]
    said = year_now(student.year)
    given = student.override
    return MarkSheet(
        scale=scale,
        closes_assumed=said.is_assumed(said.marks.conduct.closes, student.department),
        earned=sum(mark.earned for mark in marks),
        top=sum(mark.top for mark in marks),
        now=conduct_mark(marks, scale),
        heading=heading_mark(marks, scale),
        given=None if given is None else Decimal(given) / HUNDREDTHS,
        reason=student.override_reason,
        lines=lines,
    )


def step_title(said: YearDocument, key: str) -> str:
    """A step by its number, as it is printed, and its title."""
    step = said.steps[key]
    title = localized(step.title)
    return f"{step.number}. {title}" if step.number else title


def before_returning(_line: StepLine) -> Sequence[str]:
    return [
        _("The step is to do again, and its day is taken out."),
        _("The student reads the reason on their page."),
    ]


def before_reopening(_line: StepLine) -> Sequence[str]:
    return [
        _("The points are taken back, and the step is to do again."),
        _("The student reads the reason on their page."),
    ]


def before_declaring(line: StepLine) -> Sequence[str]:
    said = [_("The step is on record as done on the day that you give.")]
    if line.standing.phase is StepPhase.LATER:
        said.append(_("One that it follows is still to do: this is recorded with it."))
    if line.standing.rule.due:
        said.append(_("After its last day, it is recorded as late."))
    return said


def before_marking(line: StepLine) -> Sequence[str]:
    said = [_("The student sees the points at once, and the mark that they make.")]
    is_to_do = line.record is None or line.record.state is StepState.TO_DO
    if is_to_do:
        said.append(
            _("Nobody declared this step: it is on record as done on the day that you give.")
        )
    return said


def shown_signs() -> list[PhaseSign]:
    """What each sign of the grid means."""
    return list(SIGNS.values())


def in_columns(said: YearDocument) -> list[tuple[str, str]]:
    """A name of few letters for each step, and its title; one without a number has its first word."""
    return [(column_name(key, step), localized(step.title)) for key, step in said.steps.items()]


def column_name(key: str, step: YearStep) -> str:
    return step.number or key.partition("-")[0]


@dataclass(frozen=True, slots=True)
class GridCell:
    name: str
    title: str
    sign: PhaseSign
    late: bool
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A student across the steps; what is late and what waits for a mark is said in words too."""

    student: StudentFile
    cells: tuple[GridCell, ...]
    overdue: tuple[str, ...]
    to_mark: int


def grid_rows(
    rows: Iterable[tuple[StudentFile, StudentProgress]], said: YearDocument
) -> list[GridRow]:
    columns = dict(zip(said.steps, in_columns(said), strict=True))
    return [_grid_row(student, progress, columns) for student, progress in rows]


def _grid_row(
    student: StudentFile, progress: StudentProgress, columns: Mapping[str, tuple[str, str]]
) -> GridRow:
    cells = []
    for step in progress.steps:
        key = step.rule.key
        name, title = columns[key]
        late = key in progress.late
        cells.append(GridCell(name, title, SIGNS[step.phase], late, _points(step)))
    overdue = [step.rule.key for step in progress.steps if step.phase is StepPhase.OVERDUE]
    return GridRow(
        student=student,
        cells=tuple(cells),
        overdue=tuple(columns[key][0] for key in overdue),
        to_mark=len(to_mark(progress)),
    )


def _points(step: StepStanding) -> str:
    if step.done is None or step.done.points is None:
        return ""
    return f"{step.done.points}/{step.rule.top}"


def before_many(chosen: ChosenStep) -> Sequence[str]:
    """What one act does to the step of many students."""
    return [_("The step: %(title)s.") % {"title": chosen.title}]


def declared_counts(chosen: ChosenStep, now: datetime) -> list[tuple[str, int]]:
    """For how many it will be on record, late or out of order if done today, and who is left out."""
    today = today_of(chosen.year, now)
    taken = [
        student
        for student, step in chosen.standings(now)
        if may_declare(step, student.state, today, today)
    ]
    late = [student for student in taken if chosen.is_late(student, today)]
    early = [student for student in taken if chosen.is_out_of_order(student)]
    return [
        (_("Students for whom it will be on record as done"), len(taken)),
        (_("Of these, late if it is done today"), len(late)),
        (_("Of these, out of order: one that it follows is still to do"), len(early)),
        (_("Left as they are: done already, or not concerned"), len(chosen.students) - len(taken)),
    ]


def marked_counts(chosen: ChosenStep, now: datetime) -> list[tuple[str, int]]:
    """For how many the points will be given, how many of these were not declared, and who is left out."""
    today = today_of(chosen.year, now)
    taken = [
        step
        for student, step in chosen.standings(now)
        if may_mark(step, student.state, 0, today, today)
    ]
    undone = [step for step in taken if step.phase not in {StepPhase.DONE, StepPhase.MARKED}]
    again = [step for step in taken if step.phase is StepPhase.MARKED]
    return [
        (_("Students who will have these points"), len(taken)),
        (_("Of these, nobody declared it yet"), len(undone)),
        (_("Of these, marked before: the points are replaced"), len(again)),
        (_("Left as they are: not concerned"), len(chosen.students) - len(taken)),
    ]
