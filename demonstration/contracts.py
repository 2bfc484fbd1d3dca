"""The year of contrat pro that begins, played from its list to this minute by the product's own commands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from accounts.models import User
from common.journal import SYSTEM
from contratpro.models import ContractYear
from contratpro.students.services import following
from contratpro.year.document.schema import YearDocument
from contratpro.year.services import load_contract_year
from demonstration.accounts import CONTRACT_SERVICE, HEADS, OFFICE, OTHER_TUTOR, TUTOR
from demonstration.cohort import STUDENTS
from demonstration.contract_offers import play_offers
from demonstration.contract_steps import play_steps
from demonstration.contract_year import demonstration_year
from demonstration.timetable import play_timetable
from rehearsal.accounts import make_accounts
from rehearsal.year import beginning
from rehearsal.year.stage import ContractStage, Countdown
from rehearsal.year.students import CohortStudent, Reach

HER_DEPARTMENT = "2IA"  # that of the tutor whose account one may use
UNTUTORED = "ISERM"


def play_contract_year(source: YearDocument, staff: Mapping[str, User], now: datetime) -> None:
    """All of the year that begins, in the caller's transaction."""
    stage = begin_year(demonstration_year(source, now), STUDENTS, staff, now)
    play_steps(stage)
    play_offers(stage, staff[OFFICE])
    _name_tutors(stage)
    play_timetable(stage, staff[TUTOR])


def begin_year(
    said: YearDocument, students: Sequence[CohortStudent], staff: Mapping[str, User], now: datetime
) -> ContractStage:
    """From the list to what is known of each student's conditions."""
    days = Countdown(said, now)
    load_contract_year(document=said, actor=SYSTEM, now=days.at(118, "year"))
    year = ContractYear.objects.select_related("school").get(slug=said.year.slug)
    office = staff[CONTRACT_SERVICE]
    heads = {department: staff[email] for department, email in HEADS.items()}
    beginning.name_heads(year, office, heads, days)
    beginning.add_papers(year, office, days)
    beginning.list_students(year, students, office, days)
    came = [one for one in students if one.reach >= Reach.CONFIRMED]
    stage = ContractStage(
        year=year,
        said=said,
        days=days,
        office=office,
        heads=heads,
        cohort=students,
        students={row.email: row for row in year.students.all()},
        accounts=make_accounts(came),
    )
    beginning.confirm_identities(stage, came)
    beginning.hold_meetings(stage)
    beginning.say_conditions(stage, came)
    return stage


def tutor_in(department: str) -> str:
    return TUTOR if department == HER_DEPARTMENT else OTHER_TUTOR


def name_tutor_of(stage: ContractStage, one: CohortStudent) -> None:
    following.name_tutor(
        ref=stage.row(one).ref,
        email=tutor_in(one.department),
        actor=stage.heads[one.department],
        now=stage.days.at(22, one.email),
    )


def _name_tutors(stage: ContractStage) -> None:
    """By the heads: of 2IA once the sheet is sent, elsewhere once it is approved. One head has still to do it."""
    for one in STUDENTS:
        in_hers = one.department == HER_DEPARTMENT
        far_enough = one.reach >= (Reach.SHEET if in_hers else Reach.APPROVED)
        if far_enough and not one.ends and one.department != UNTUTORED:
            name_tutor_of(stage, one)
