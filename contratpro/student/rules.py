"""What a student may still say of themself, and what comes first on their page."""

from collections.abc import Iterable
from enum import StrEnum

from common.rules import ALLOWED, Verdict, refused
from contratpro.states import StudentState
from contratpro.steps.rules import TOLD, UNCONFIRMED, StepPhase, StepStanding
from contratpro.students.rules import Circumstances
from contratpro.vocabulary import Circumstance, Party

ASKED = (Circumstance.GRANT_HOLDER, Circumstance.LONG_INTERNSHIP)


class ExpectedFirst(StrEnum):
    """What is expected first, and of whom."""

    IDENTITY = "identity"
    CIRCUMSTANCES = "circumstances"
    INTENTION = "intention"
    ANSWER = "answer"  # of the contracts office
    ANOTHER_INTENTION = "another_intention"  # it said why not
    STEP = "step"  # the student's
    OTHERS = "others"
    NOTHING = "nothing"
    WITHDRAWN = "withdrawn"


def may_change_identity(state: StudentState) -> Verdict:
    """Who one is and what makes conditions concern one: as long as the office was not asked on that ground."""
    if state is StudentState.WITHDRAWN:
        return refused("student_withdrawn")
    return refused("identity_is_kept") if state in TOLD else ALLOWED


def expected(
    state: StudentState, circumstances: Circumstances, steps: Iterable[StepStanding]
) -> ExpectedFirst:
    """What comes first: to say who one is, then what one intends; then the steps, in their order."""
    match state:
        case StudentState.WITHDRAWN:
            return ExpectedFirst.WITHDRAWN
        case StudentState.CONFIRMED:
            is_told = all(circumstances[one] is not None for one in ASKED)
            return ExpectedFirst.INTENTION if is_told else ExpectedFirst.CIRCUMSTANCES
        case StudentState.REFUSED:
            return ExpectedFirst.ANOTHER_INTENTION
        case StudentState.INTENDS:
            return ExpectedFirst.ANSWER
    return ExpectedFirst.IDENTITY if state in UNCONFIRMED else _of_steps(steps)


def _of_steps(steps: Iterable[StepStanding]) -> ExpectedFirst:
    waiting = [step for step in steps if step.phase in {StepPhase.OPEN, StepPhase.OVERDUE}]
    if not waiting:
        return ExpectedFirst.NOTHING
    return (
        ExpectedFirst.STEP
        if any(Party.STUDENT in step.who for step in waiting)
        else ExpectedFirst.OTHERS
    )
