"""The steps of the students of the demonstration: declared, approved, answered, marked, in the order of the days."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from contratpro.service.services import accept_project, refuse_project
from contratpro.states import StudentState
from contratpro.steps.rules import INTENTION
from contratpro.steps.services import (
    declare_step,
    mark_steps,
    override_mark,
    return_step,
)
from contratpro.student.services.reminding import remind_students
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.conditions import deny_condition
from contratpro.students.services.following import withdraw_student
from contratpro.year.document.schema import YearDocument
from demonstration.cohort import (
    ADAM,
    APOLLINE,
    AUGUSTIN,
    STUDENTS,
    CohortStudent,
    Reach,
)
from demonstration.contract_incidents import incident_acts
from demonstration.contract_papers import paper_acts
from demonstration.contract_sheets import RETURNED, sheet_acts
from demonstration.contract_stage import LATE, REACHED, Act, ContractStage, does

# How many days before the first one each step is done; of the papers, two weeks before is the last day.
INTENDED = 54
EARLY = 29
ANSWERED, REFUSED, UNDONE, MARKED = 47, 45, 23, 11
WITHDRAWN = {Reach.CONFIRMED: 50, Reach.APPROVED: 16}
MORNING, EVENING = 9 * 60, 19 * 60  # minutes
REMINDED = range(
    25, 20, -1
)  # a week before the papers are due, earlier where that is no working day


def play_steps(stage: ContractStage) -> None:
    """In the order of the hours, so that each act finds what comes before it; then the marks."""
    acts = [act for one in STUDENTS for act in _acts_of(stage, one)]
    acts += _office_acts(stage)
    remind = partial(remind_students, {"year": stage.year.slug})
    acts += [(stage.days.hour(before, MORNING), remind) for before in REMINDED]
    for at, act in sorted(acts, key=lambda both: both[0]):
        act(now=at)
    _mark(stage)


def _acts_of(stage: ContractStage, one: CohortStudent) -> Iterator[Act]:
    """What the student tells, their contact sheet, and what the office answers them."""
    days, row = stage.days, stage.row(one)
    if does(one, INTENTION):
        actor = stage.accounts[one.email]
        intend = partial(declare_step, student=row, key=INTENTION, actor=actor)
        yield days.at(LATE[INTENTION] if INTENTION in one.late else INTENDED, one.email), intend
    yield from sheet_acts(stage, one)
    yield from paper_acts(stage, one)
    if one.reach >= Reach.FEASIBLE:
        accept = partial(accept_project, ref=row.ref, actor=stage.office)
        yield days.at(ANSWERED, one.email), accept
    if one.ends is StudentState.WITHDRAWN:
        leave = partial(withdraw_student, ref=row.ref, reason=one.reason, actor=stage.office)
        yield days.at(WITHDRAWN[one.reach], one.email), leave
    elif one.ends is StudentState.REFUSED:
        before = UNDONE if one.reach is Reach.FEASIBLE else REFUSED
        yield days.at(before, one.email), partial(_refuse, stage, one)


def _refuse(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    """With the reason of the office; what held until then and no longer does is said first."""
    ref = stage.row(one).ref
    for fact in stage.row(one).facts.filter(key__in=one.denied, state="held"):
        seen = seen_of_fact(fact.state, fact.said_at)
        deny_condition(ref=ref, key=fact.key, seen=seen, actor=stage.office, now=now)
    refuse_project(ref=ref, reason=one.reason, actor=stage.office, now=now)


def _office_acts(stage: ContractStage) -> Iterator[Act]:
    """What the office declares without a paper, and two acts that concern one student alone."""
    days, office = stage.days, stage.office
    for one in STUDENTS:
        for key in one.early:
            early = partial(declare_step, student=stage.row(one), key=key, actor=office)
            yield days.at(EARLY, key), early
    reason = (
        "La fiche vous est renvoyée : complétez-la avec l’entreprise, puis envoyez-la de nouveau."
    )
    again = partial(
        return_step, student=stage.row(ADAM), key="contact-sheet", reason=reason, actor=office
    )
    yield days.hour(RETURNED, EVENING), again
    yield from incident_acts(stage)


def _mark(stage: ContractStage) -> None:
    """Whoever has the approval of the head has points for what was done in time; the last of them wait."""
    now = stage.days.hour(MARKED, EVENING)
    for key in REACHED:
        done = [one for one in STUDENTS if does(one, key) and key not in one.late]
        marked = [one for one in done if one.reach >= Reach.APPROVED or one is APOLLINE]
        mark_steps(
            year=stage.year,
            refs=stage.refs(marked),
            key=key,
            points=_most(stage.said, key),
            actor=stage.office,
            now=now,
        )
    override_mark(
        student=stage.row(AUGUSTIN),
        hundredths=1650,
        reason="Convention refaite à la demande de l’entreprise : le retard n’est pas le sien.",
        actor=stage.office,
        now=now,
    )


def _most(said: YearDocument, key: str) -> int:
    scale = said.steps[key].scale
    assert scale, f"step {key} earns points"
    return scale.top
