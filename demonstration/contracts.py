"""The year of contrat pro, played from its list to this minute by the product's own commands."""

from collections.abc import Mapping
from datetime import datetime

from accounts.models import User
from accounts.services import create_account
from common.journal import SYSTEM
from contratpro.models import ContractYear
from contratpro.students.services import following
from contratpro.year.document.schema import YearDocument
from contratpro.year.services import load_contract_year
from demonstration.accounts import (
    CONTRACT_SERVICE,
    DEPARTMENT_HEAD,
    OFFICE,
    PLATFORM_ADMIN,
    TUTOR,
)
from demonstration.cohort import STUDENTS
from demonstration.contract_offers import play_offers
from demonstration.contract_steps import play_steps
from demonstration.contract_year import demonstration_year
from demonstration.timetable import play_timetable
from rehearsal.accounts import make_accounts
from rehearsal.year import beginning
from rehearsal.year.stage import ContractStage, Countdown
from rehearsal.year.students import Reach

HEADS = {
    "2ER": "florence.delmas@example.org",
    "ECOMAP": "bruno.teissier@example.org",
    "GCBD": "anne-lise.roche@example.org",
    "PRISM": "karim.haddad@example.org",
    "ISERM": "pascale.vidal@example.org",
}  # beside that of 2IA, whose account one may use; nobody signs in as them
OTHER_TUTOR, UNTUTORED = "sylvain.bonnal@example.org", "ISERM"


def play_contract_year(source: YearDocument, staff: Mapping[str, User], now: datetime) -> None:
    """All of it, in the caller's transaction."""
    said = demonstration_year(source, now)
    days = Countdown(said, now)
    load_contract_year(document=said, actor=SYSTEM, now=days.at(118, "year"))
    year = ContractYear.objects.select_related("school").get(slug=said.year.slug)
    office = staff[CONTRACT_SERVICE]
    heads = {"2IA": staff[DEPARTMENT_HEAD]} | _make_heads(
        staff[PLATFORM_ADMIN], days.at(117, "heads")
    )
    beginning.name_heads(year, office, heads, days)
    beginning.add_papers(year, office, days)
    beginning.list_students(year, STUDENTS, office, days)
    came = [one for one in STUDENTS if one.reach >= Reach.CONFIRMED]
    stage = ContractStage(
        year=year,
        said=said,
        days=days,
        office=office,
        heads=heads,
        cohort=STUDENTS,
        students={row.email: row for row in year.students.all()},
        accounts=make_accounts(came),
    )
    beginning.confirm_identities(stage, came)
    beginning.hold_meetings(stage)
    beginning.say_conditions(stage, came)
    play_steps(stage)
    play_offers(stage, staff[OFFICE])
    _name_tutors(stage, staff)
    play_timetable(stage, staff[TUTOR])


def _make_heads(administrator: User, now: datetime) -> dict[str, User]:
    return {
        department: create_account(email=email, language="fr", actor=administrator, now=now)
        for department, email in HEADS.items()
    }


def _name_tutors(stage: ContractStage, staff: Mapping[str, User]) -> None:
    """By the heads: of 2IA once the sheet is sent, elsewhere once it is approved. One head has still to do it."""
    create_account(
        email=OTHER_TUTOR,
        language="fr",
        actor=staff[PLATFORM_ADMIN],
        now=stage.days.at(117, "tutor"),
    )
    for one in STUDENTS:
        in_2ia = one.department == "2IA"
        far_enough = one.reach >= (Reach.SHEET if in_2ia else Reach.APPROVED)
        if not far_enough or one.ends or one.department == UNTUTORED:
            continue
        following.name_tutor(
            ref=stage.row(one).ref,
            email=TUTOR if in_2ia else OTHER_TUTOR,
            actor=stage.heads[one.department],
            now=stage.days.at(22, one.email),
        )
