"""What a student may still change, and what is expected first: tables of cases (R-PRO-4, R-PRO-5)."""

import pytest

from contratpro.states import StudentState
from contratpro.steps.rules import StepPhase, StepRule, StepStanding
from contratpro.student.rules import ExpectedFirst, expected, may_change_identity
from contratpro.vocabulary import Circumstance, Party

CHANGES = {
    StudentState.LISTED: [],
    StudentState.INVITED: [],
    StudentState.CONFIRMED: [],
    StudentState.INTENDS: ["identity_is_kept"],
    StudentState.FEASIBLE: ["identity_is_kept"],
    StudentState.REFUSED: [],
    StudentState.WITHDRAWN: ["student_withdrawn"],
    StudentState.BROKEN: ["student_broken"],
}
TOLD = {Circumstance.GRANT_HOLDER: False, Circumstance.LONG_INTERNSHIP: True}
EXPECTED = {
    StudentState.LISTED: ExpectedFirst.IDENTITY,
    StudentState.INVITED: ExpectedFirst.IDENTITY,
    StudentState.CONFIRMED: ExpectedFirst.INTENTION,
    StudentState.INTENDS: ExpectedFirst.ANSWER,
    StudentState.FEASIBLE: ExpectedFirst.STEP,
    StudentState.REFUSED: ExpectedFirst.ANOTHER_INTENTION,
    StudentState.WITHDRAWN: ExpectedFirst.WITHDRAWN,
    StudentState.BROKEN: ExpectedFirst.BROKEN,
}


def step(phase, *who):
    return StepStanding(rule=StepRule(key="step", who=who), done=None, phase=phase, who=who)


MINE = step(StepPhase.OPEN, Party.STUDENT, Party.COMPANY)
LATE = step(StepPhase.OVERDUE, Party.STUDENT)
OTHERS = step(StepPhase.OPEN, Party.DIRECTION)
LATER = step(StepPhase.LATER)


@pytest.mark.parametrize("state", StudentState)
def test_who_one_is_may_change_until_the_office_is_asked(state):
    assert [one.code for one in may_change_identity(state).refusals] == CHANGES[state]


@pytest.mark.parametrize("state", StudentState)
def test_what_is_expected_first_follows_the_file(state):
    assert expected(state, TOLD, [OTHERS, MINE]) is EXPECTED[state]


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (TOLD, ExpectedFirst.INTENTION),
        (TOLD | {Circumstance.GRANT_HOLDER: None}, ExpectedFirst.CIRCUMSTANCES),
        (TOLD | {Circumstance.LONG_INTERNSHIP: None}, ExpectedFirst.CIRCUMSTANCES),
    ],
)
def test_two_questions_come_before_the_intention(told, first):
    assert expected(StudentState.CONFIRMED, told, []) is first


@pytest.mark.parametrize(
    ("steps", "first"),
    [
        ([LATER], ExpectedFirst.NOTHING),
        ([LATER, OTHERS], ExpectedFirst.OTHERS),
        ([OTHERS, MINE], ExpectedFirst.STEP),
        ([OTHERS, LATE], ExpectedFirst.STEP),
        ([], ExpectedFirst.NOTHING),
    ],
)
def test_once_feasible_the_steps_say_it(steps, first):
    assert expected(StudentState.FEASIBLE, TOLD, steps) is first


@pytest.mark.parametrize(
    ("steps", "project_waits", "first"),
    [
        ([MINE], True, ExpectedFirst.STEP),
        ([OTHERS], True, ExpectedFirst.PROJECT),
        ([], True, ExpectedFirst.PROJECT),
    ],
)
def test_a_project_comes_after_the_steps_and_before_those_of_others(steps, project_waits, first):
    state = StudentState.FEASIBLE
    assert expected(state, TOLD, steps, project_waits=project_waits) is first


def test_what_somebody_else_has_to_answer_is_not_the_students():
    state = StudentState.FEASIBLE
    assert expected(state, TOLD, [MINE], elsewhere={"step"}) is ExpectedFirst.OTHERS
    assert expected(state, TOLD, [MINE], elsewhere={"other"}) is ExpectedFirst.STEP
