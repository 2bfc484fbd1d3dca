"""What a student may still say of themself, and what comes first on their page."""

from collections.abc import Callable, Container, Iterable
from datetime import date, timedelta
from enum import StrEnum

from common.rules import ALLOWED, Verdict, refused
from contratpro.states import StudentState
from contratpro.steps.rules import INTENTION, TOLD, UNCONFIRMED, StepPhase, StepStanding
from contratpro.students.rules import Circumstances, may_go_on
from contratpro.vocabulary import Circumstance, Party

STEP_REMINDED = (7,)  # days before its last day: ours, the guide does not say
RISK_REMINDED = (90, 30, 7)
ASKED_TO_INTEND = frozenset({StudentState.INVITED, StudentState.CONFIRMED})
ASKED = (Circumstance.GRANT_HOLDER, Circumstance.LONG_INTERNSHIP)


class ExpectedFirst(StrEnum):
    """What is expected first, and of whom."""

    IDENTITY = "identity"
    CIRCUMSTANCES = "circumstances"
    INTENTION = "intention"
    ANSWER = "answer"  # of the contracts office
    ANOTHER_INTENTION = "another_intention"  # it said why not
    STEP = "step"  # the student's
    PROJECT = "project"  # what a project waits for, besides the steps
    OTHERS = "others"
    NOTHING = "nothing"
    WITHDRAWN = "withdrawn"
    BROKEN = "broken"


def may_change_identity(state: StudentState) -> Verdict:
    """Who one is and what makes conditions concern one: as long as the office was not asked on that ground."""
    if not may_go_on(state):
        return may_go_on(state)
    return refused("identity_is_kept") if state in TOLD else ALLOWED


def expected(
    state: StudentState,
    circumstances: Circumstances,
    steps: Iterable[StepStanding],
    *,
    elsewhere: Container[str] = (),
    project_waits: bool = False,
) -> ExpectedFirst:
    """What comes first: to say who one is, then what one intends; then the steps, in their order.

    A step that is `elsewhere` is the student's no more: somebody else has to answer.
    """
    match state:
        case StudentState.WITHDRAWN:
            return ExpectedFirst.WITHDRAWN
        case StudentState.BROKEN:
            return ExpectedFirst.BROKEN
        case StudentState.CONFIRMED:
            is_told = all(circumstances[one] is not None for one in ASKED)
            return ExpectedFirst.INTENTION if is_told else ExpectedFirst.CIRCUMSTANCES
        case StudentState.REFUSED:
            return ExpectedFirst.ANOTHER_INTENTION
        case StudentState.INTENDS:
            return ExpectedFirst.ANSWER
    first = _of_steps(steps, elsewhere, project_waits=project_waits)
    return ExpectedFirst.IDENTITY if state in UNCONFIRMED else first


def _of_steps(
    steps: Iterable[StepStanding], elsewhere: Container[str], *, project_waits: bool
) -> ExpectedFirst:
    waiting = [step for step in steps if step.phase in {StepPhase.OPEN, StepPhase.OVERDUE}]
    if any(Party.STUDENT in step.who and step.rule.key not in elsewhere for step in waiting):
        return ExpectedFirst.STEP
    if project_waits:
        return ExpectedFirst.PROJECT
    return ExpectedFirst.OTHERS if waiting else ExpectedFirst.NOTHING


def reminder_day(due: date, days: int, is_working: Callable[[date], bool]) -> date:
    """The last working day that is at least so many days before the last day of something."""
    day = due - timedelta(days=days)
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def reminded_today(
    due: date, before: Iterable[int], today: date, is_working: Callable[[date], bool]
) -> int | None:
    """How many days before its last day something is reminded of today, the latest of those that are due by now.

    Whatever was missed meanwhile is said with it; none before the first, on a day off, or once it is over.
    """
    if today > due or not is_working(today):
        return None
    reached = [days for days in before if reminder_day(due, days, is_working) <= today]
    return min(reached, default=None)


def is_reminded_of(state: StudentState, step: StepStanding) -> bool:
    """Whether a student is reminded of a step: it is theirs to do now, and they mean to have a contract."""
    if step.phase is not StepPhase.OPEN or Party.STUDENT not in step.who:
        return False
    return state in (ASKED_TO_INTEND if step.rule.key == INTENTION else TOLD)
