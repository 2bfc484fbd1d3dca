"""Which tests go with an outcome, and which marks may be given (R-SEL-1, R-SEL-2, R-SEL-4, R-SEL-6)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from admissions.states import SittingState
from campaigns.vocabulary import Medium
from common.rules import ALLOWED, Refusal, Verdict, fold, refused

POINT = 100  # hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAssessment:
    """A test of the stage that an outcome leads to, told together with the outcome."""

    key: str
    label: Mapping[str, str]
    for_all: bool
    several: bool
    at_least: int
    media: tuple[Medium, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryTest:
    """One of several tests that a jury sets for a candidate, with its nature in the jury's words."""

    key: str
    nature: str
    medium: Medium


Chosen = str | JuryTest  # a test that a jury chooses: by its key, or as it sets it


def may_choose(
    offered: Collection[OfferedAssessment],
    chosen: Collection[str],
    jury_tests: Collection[JuryTest] = (),
) -> Verdict:
    """Every test chosen goes with the outcome; those whose nature the jury sets are described, as many as asked."""
    known = {assessment.key: assessment for assessment in offered}
    refusals = [_not_offered(key) for key in chosen if key not in known or known[key].several]
    for test in jury_tests:
        refusals += against_jury_test(known.get(test.key), test)
    return Verdict((*refusals, *_said_twice(jury_tests), *too_few(offered, jury_tests)))


def against_jury_test(offered: OfferedAssessment | None, test: JuryTest) -> list[Refusal]:
    """What is wrong with a test that the jury describes, taken alone."""
    if offered is None or not offered.several:
        return [_not_offered(test.key)]
    refusals = []
    if not test.nature:
        refusals.append(Refusal("nature_is_missing", {"test": offered.label}))
    if test.medium not in offered.media:
        refusals.append(Refusal("medium_not_offered", {"test": offered.label}))
    return refusals


def _not_offered(key: str) -> Refusal:
    return Refusal("assessment_not_offered", {"key": key})


def _said_twice(jury_tests: Collection[JuryTest]) -> Iterator[Refusal]:
    """One sitting for each nature."""
    said = Counter((test.key, fold(test.nature)) for test in jury_tests)
    for (_key, nature), times in said.items():
        if times > 1:
            yield Refusal("nature_is_there_twice", {"nature": nature})


def too_few(
    offered: Collection[OfferedAssessment], jury_tests: Collection[JuryTest]
) -> Iterator[Refusal]:
    """Those of which the jury sets fewer than the notice asks."""
    described = Counter(test.key for test in jury_tests)
    for assessment in offered:
        if described[assessment.key] < assessment.at_least:
            said = {"test": assessment.label, "at_least": assessment.at_least}
            yield Refusal("too_few_jury_tests", said)


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


def rates_french(asked: bool, mother_tongue: bool | None) -> bool:  # noqa: FBT001
    """Whether a mark of the test says how well the candidate follows courses in French (R-APP-11)."""
    return asked and mother_tongue is False


def may_mark(state: SittingState | None, hundredths: int, scale: int) -> Verdict:
    """A mark is given to someone called to the test, who did not miss it, within its scale."""
    if state in {None, SittingState.PLANNED}:
        return refused("not_called_to_assessment")
    if state in {SittingState.ABSENT, SittingState.EXCUSED}:
        return refused("did_not_sit")
    return within_scale(hundredths, scale)


def within_scale(hundredths: int, scale: int) -> Verdict:
    """From nothing to all the points of its test."""
    if 0 <= hundredths <= scale * POINT:
        return ALLOWED
    return refused("mark_out_of_scale", scale=scale)
