"""The published scale: what each step earns, before any student begins."""

from dataclasses import dataclass
from datetime import date

from common.datafile.values import Text
from contratpro.steps.presentation.lines import titles_of
from contratpro.year.document.schema import YearDocument, YearStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLine:
    """A step in the published scale, with its last day where that is the same for all departments."""

    said: YearStep
    parties: tuple[Text, ...]
    days: tuple[date, ...]
    assumed: bool
    points: str
    counts: bool


def public_scale(said: YearDocument) -> list[ScaleLine]:
    """What each step earns and by when, before any student begins."""
    return [_scale_line(step, said) for step in said.steps.values()]


def _scale_line(step: YearStep, said: YearDocument) -> ScaleLine:
    days, assumed, in_time = set(), False, True
    for department in said.departments if step.due else ():
        due = str(step.due)
        day = said.day(due, department)
        closes = said.day(said.marks.conduct.closes, department)
        days |= {day} if day else set()
        assumed = assumed or said.is_assumed(due, department)
        in_time = in_time and (day is None or closes is None or day <= closes)
    return ScaleLine(
        said=step,
        parties=titles_of(step.who, said),
        days=tuple(sorted(days)),
        assumed=assumed,
        points=" / ".join(map(str, step.scale.points)) if step.scale else "",
        counts=step.scale is not None and in_time,
    )
