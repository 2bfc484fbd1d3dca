"""The year of contrat pro that ends: its projects of semester 9, and its final projects, the last still to defend."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from contratpro.year.document.schema import YearDocument
from demonstration.accounts import CONTRACT_SERVICE, HEADS
from demonstration.contract_year import former_year
from demonstration.contracts import begin_year, name_tutor_of, tutor_in
from demonstration.former_cohort import FORMER_STUDENTS
from rehearsal.year.cast import PlayedYear, YearCast
from rehearsal.year.projects import plan_projects
from rehearsal.year.steps import EVENING, MARKED, mark_papers, student_acts


def play_former_year(source: YearDocument, staff: Mapping[str, User], now: datetime) -> None:
    """Nearly all of it, in the caller's transaction: what comes after now is left to do."""
    stage = begin_year(former_year(source, now), FORMER_STUDENTS, staff, now)
    acts = [act for one in FORMER_STUDENTS for act in student_acts(stage, one)]
    for one in sorted(acts, key=lambda act: act.at):
        one.act(now=one.at)
    mark_papers(stage, now=stage.days.hour(MARKED, EVENING))
    for student in FORMER_STUDENTS:
        name_tutor_of(stage, student)
    cast = YearCast(
        office=staff[CONTRACT_SERVICE],
        heads=stage.heads,
        tutors={department: staff[tutor_in(department)] for department in HEADS},
    )
    year = PlayedYear(stage=stage, cast=cast, seed=stage.year.slug)
    plan_projects(year, on_paper=True)
    year.play(now, lambda *_: None)
