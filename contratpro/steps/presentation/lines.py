"""The steps of one student and their mark in words: where each is, who acts, what it brings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.datafile.values import Text
from common.formats import localized
from contratpro.models import StepRecord, StudentFile
from contratpro.steps.rules import (
    ConductScale,
    Counting,
    MarkLine,
    StepPhase,
    StepStanding,
    conduct_mark,
    earned_points,
    heading_mark,
    mark_lines,
    top_points,
)
from contratpro.steps.selectors import scale_for, standings_of, today_of
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

    @property
    def others(self) -> tuple[Text, ...]:
        """Those who act besides the student."""
        named = zip(self.said.who, self.parties, strict=True)
        return tuple(title for party, title in named if party is not Party.STUDENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSheet:
    """The mark of the conduct as it stands: earned so far, at the most, given in place of it; each line explained."""

    scale: ConductScale
    closes_assumed: bool
    is_closed: bool
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
        parties=titles_of(step.rule.who, said),
        standing=step,
        sign=SIGNS[step.phase],
        due=said.day(due, student.department) if due else None,
        assumed=bool(due) and step.rule.due is None,
        record=record,
        mark=mark,
        mark_words=mark_words(mark, step),
    )


def titles_of(who: Iterable[Party], said: YearDocument) -> tuple[Text, ...]:
    """How the year calls those parties."""
    return tuple(said.parties[party].title for party in who)


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


def mark_sheet(student: StudentFile, lines: Iterable[StepLine], today: date) -> MarkSheet:
    """The mark of a student, from the lines of all steps."""
    lines = tuple(lines)
    scale = scale_for(student)
    marks = [line.mark for line in lines]
    said = year_now(student.year)
    given = student.override
    assumed = said.is_assumed(said.marks.conduct.closes, student.department)
    return MarkSheet(
        scale=scale,
        closes_assumed=assumed,
        is_closed=scale.closes is not None and not assumed and today > scale.closes,
        earned=earned_points(marks),
        top=top_points(marks),
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
