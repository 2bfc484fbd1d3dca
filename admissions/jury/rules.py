"""Which tests go with an outcome, and which marks may be given (R-SEL-1, R-SEL-2, R-SEL-6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from admissions.states import SittingState
from common.rules import ALLOWED, Refusal, Verdict, refused

POINT = 100  # hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAssessment:
    """A test of the stage that an outcome leads to, told together with the outcome."""

    key: str
    for_all: bool


def may_choose(offered: Collection[OfferedAssessment], chosen: Collection[str]) -> Verdict:
    """Every test chosen must be one that goes with the outcome."""
    known = {assessment.key for assessment in offered}
    return Verdict(
        tuple(Refusal("assessment_not_offered", {"key": key}) for key in chosen if key not in known)
    )


def to_sit(offered: Collection[OfferedAssessment], chosen: Collection[str]) -> tuple[str, ...]:
    """The tests that a candidate will sit: those for all, and those that the jury chose."""
    return tuple(
        assessment.key for assessment in offered if assessment.for_all or assessment.key in chosen
    )


def eliminates(marks: Collection[int], at: int | None) -> bool:
    """Whether the mean of the marks, in hundredths, is the eliminatory mark, in points, or less (R-SEL-5)."""
    return at is not None and bool(marks) and sum(marks) <= at * POINT * len(marks)


def may_select(eliminating: Collection[Mapping[str, str]]) -> Verdict:
    """Nobody is selected while a mark eliminates them. `eliminating`: the names of the tests whose marks do."""
    return Verdict(tuple(Refusal("mark_eliminates", {"test": test}) for test in eliminating))


def may_mark(state: SittingState | None, hundredths: int, scale: int) -> Verdict:
    """A mark is given to someone called to the test, who did not miss it, within its scale."""
    if state in {None, SittingState.PLANNED}:
        return refused("not_called_to_assessment")
    if state in {SittingState.ABSENT, SittingState.EXCUSED}:
        return refused("did_not_sit")
    if not 0 <= hundredths <= scale * POINT:
        return refused("mark_out_of_scale", scale=scale)
    return ALLOWED
