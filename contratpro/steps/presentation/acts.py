"""What each act on a step will do, and for how many."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from contratpro.states import StepState
from contratpro.steps.presentation.lines import StepLine
from contratpro.steps.rules import (
    StepPhase,
    may_declare,
    may_mark,
)
from contratpro.steps.selectors import ChosenStep, today_of


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
