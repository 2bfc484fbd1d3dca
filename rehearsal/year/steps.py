"""The steps of the students: declared, approved, answered, marked; what each does in the order of the days."""

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
from contratpro.students.rules import seen_of_fact
from contratpro.students.services.conditions import deny_condition
from contratpro.students.services.following import withdraw_student
from contratpro.year.document.schema import YearDocument
from rehearsal.year.papers import paper_acts
from rehearsal.year.sheets import RETURNED, sheet_acts
from rehearsal.year.stage import LATE, REACHED, ContractStage, YearAct, does
from rehearsal.year.students import CohortStudent, Reach, Turn

# How many days before the first one each step is done; of the papers, two weeks before is the last day.
INTENDED = 54
EARLY = 29
ANSWERED, REFUSED, UNDONE, MARKED = 47, 45, 23, 11
WITHDRAWN = {Reach.CONFIRMED: 50}  # how many days before the first one; whoever went further, later
WITHDRAWN_LATER = 16
EVENING = 19 * 60  # minutes
GIVEN = 1650  # the mark that is given in place of the sum
SENT_BACK = (
    "La fiche vous est renvoyée : complétez-la avec l’entreprise, puis envoyez-la de nouveau."
)


def student_acts(stage: ContractStage, one: CohortStudent) -> Iterator[YearAct]:
    """What the student tells, their contact sheet and papers, and what the office answers them."""
    days, row, office = stage.days, stage.row(one), stage.office
    if does(one, INTENTION):
        intend = partial(declare_step, student=row, key=INTENTION, actor=stage.accounts[one.email])
        at = days.at(LATE[INTENTION] if INTENTION in one.late else INTENDED, one.email)
        yield YearAct(at, "Intentions told", intend)
    yield from sheet_acts(stage, one)
    yield from paper_acts(stage, one)
    if one.reach >= Reach.FEASIBLE:
        accept = partial(accept_project, ref=row.ref, actor=office)
        yield YearAct(days.at(ANSWERED, one.email), "Projects found feasible", accept)
    if one.ends is StudentState.WITHDRAWN:
        leave = partial(withdraw_student, ref=row.ref, reason=one.reason, actor=office)
        at = days.at(WITHDRAWN.get(one.reach, WITHDRAWN_LATER), one.email)
        yield YearAct(at, "Students withdrawn", leave)
    elif one.ends is StudentState.REFUSED:
        before = UNDONE if one.reach is Reach.FEASIBLE else REFUSED
        refuse = partial(_refuse, stage, one)
        yield YearAct(days.at(before, one.email), "Projects refused", refuse)


def _refuse(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    """With the reason of the office; what held until then and no longer does is said first."""
    ref = stage.row(one).ref
    for fact in stage.row(one).facts.filter(key__in=one.denied, state="held"):
        seen = seen_of_fact(fact.state, fact.said_at)
        deny_condition(ref=ref, key=fact.key, seen=seen, actor=stage.office, now=now)
    refuse_project(ref=ref, reason=one.reason, actor=stage.office, now=now)


def office_acts(stage: ContractStage) -> Iterator[YearAct]:
    """What the office declares without a paper, and the sheets that it sends back after a head did."""
    days, office = stage.days, stage.office
    for one in stage.cohort:
        for key in one.early:
            early = partial(declare_step, student=stage.row(one), key=key, actor=office)
            yield YearAct(days.at(EARLY, key), "Steps declared early", early)
        if Turn.SHEET_RETURNED in one.turns:
            again = partial(
                return_step,
                student=stage.row(one),
                key="contact-sheet",
                reason=SENT_BACK,
                actor=office,
            )
            yield YearAct(days.hour(RETURNED, EVENING), "Steps sent back", again)


def mark_papers(stage: ContractStage, *, now: datetime) -> None:
    """Whoever has the approval of the head has points for what was done in time; the last of them wait."""
    for key in filter(stage.said.steps.__contains__, REACHED):
        done = [one for one in stage.cohort if does(one, key) and key not in one.late]
        marked = [
            one for one in done if one.reach >= Reach.APPROVED or Turn.MARKED_EARLY in one.turns
        ]
        mark_steps(
            year=stage.year,
            refs=stage.refs(marked),
            key=key,
            points=most_points(stage.said, key),
            actor=stage.office,
            now=now,
        )
    for one in stage.cohort:
        if Turn.MARK_GIVEN in one.turns:
            override_mark(
                student=stage.row(one),
                hundredths=GIVEN,
                reason="Convention refaite à la demande de l’entreprise : le retard n’est pas le sien.",
                actor=stage.office,
                now=now,
            )


def most_points(said: YearDocument, key: str) -> int:
    scale = said.steps[key].scale
    assert scale, f"step {key} earns points"
    return scale.top
