"""Students across the steps: a sign for each, lateness in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.formats import localized
from contratpro.models import StudentFile
from contratpro.steps.presentation.lines import SIGNS, PhaseSign
from contratpro.steps.rules import (
    StepPhase,
    StepStanding,
)
from contratpro.steps.selectors import StudentProgress, to_mark
from contratpro.year.document.schema import YearDocument, YearStep


def shown_signs() -> list[PhaseSign]:
    """What each sign of the grid means."""
    return list(SIGNS.values())


def in_columns(said: YearDocument) -> list[tuple[str, str]]:
    """A name of few letters for each step, and its title."""
    return [(column_name(step), localized(step.title)) for step in said.steps.values()]


def column_name(step: YearStep) -> str:
    """As it is printed; what has no number is an incident, or comes besides."""
    if step.number:
        return step.number
    return _("inc.") if step.if_happened else "+"


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
    cells, overdue = [], []
    for step in progress.steps:
        key = step.rule.key
        name, title = columns[key]
        late = key in progress.late
        cells.append(GridCell(name, title, SIGNS[step.phase], late, _points(step)))
        if step.phase is StepPhase.OVERDUE:
            overdue.append(name)
    return GridRow(
        student=student,
        cells=tuple(cells),
        overdue=tuple(overdue),
        to_mark=len(to_mark(progress)),
    )


def _points(step: StepStanding) -> str:
    if step.done is None or step.done.points is None:
        return ""
    return f"{step.done.points}/{step.rule.top}"
