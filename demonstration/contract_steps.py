"""The steps of the students of the demonstration, played in the order of the days."""

from functools import partial

from contratpro.student.services.reminding import remind_students
from demonstration.contract_incidents import incident_acts
from rehearsal.year.stage import ContractStage, YearAct
from rehearsal.year.steps import EVENING, MARKED, mark_papers, office_acts, student_acts

MORNING = 9 * 60  # minutes
REMINDED = range(
    25, 20, -1
)  # a week before the papers are due, earlier where that is no working day


def play_steps(stage: ContractStage) -> None:
    """In the order of the hours, so that each act finds what comes before it; then the marks."""
    acts = [act for one in stage.cohort for act in student_acts(stage, one)]
    acts += [*office_acts(stage), *incident_acts(stage)]
    remind = partial(remind_students, {"year": stage.year.slug})
    acts += [YearAct(stage.days.hour(before, MORNING), "", remind) for before in REMINDED]
    for one in sorted(acts, key=lambda act: act.at):
        one.act(now=one.at)
    mark_papers(stage, now=stage.days.hour(MARKED, EVENING))
