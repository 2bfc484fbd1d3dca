"""The published scale: what each step earns, before any student begins."""

from dataclasses import dataclass
from datetime import date

from common.datafile.values import Text
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
    due, closes = step.due, said.marks.conduct.closes
    departments = list(said.departments)
    days = {said.day(due, one) for one in departments} if due else set()
    in_time = not due or all(_by(said, due, closes, one) for one in departments)
    return ScaleLine(
        said=step,
        parties=tuple(said.parties[party].title for party in step.who),
        days=tuple(sorted(day for day in days if day)),
        assumed=bool(due) and any(said.is_assumed(str(due), one) for one in departments),
        points=" / ".join(map(str, step.scale.points)) if step.scale else "",
        counts=step.scale is not None and in_time,
    )


def _by(said: YearDocument, due: str, closes: str, department: str) -> bool:
    day, last = said.day(due, department), said.day(closes, department)
    return day is None or last is None or day <= last
