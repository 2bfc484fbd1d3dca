"""The year of contrat pro, played from its list to this minute by the product's own commands."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.services import create_account
from common.journal import SYSTEM
from contratpro.models import ContractYear, InformationMeeting, StudentFile
from contratpro.states import FactState
from contratpro.student.presentation import risk_statement
from contratpro.student.services import own
from contratpro.students.rules import MEETING, StudentLine, plan_seen, seen_of_fact
from contratpro.students.selectors import circumstances_of
from contratpro.students.services import cohort, conditions, following, meetings, papers
from contratpro.vocabulary import Severity
from contratpro.year.document.schema import YearDocument
from contratpro.year.services import load_contract_year
from demonstration.accounts import (
    CONTRACT_SERVICE,
    DEPARTMENT_HEAD,
    OFFICE,
    PLATFORM_ADMIN,
    TUTOR,
    make_candidates,
)
from demonstration.cohort import STUDENTS, CohortStudent, Reach
from demonstration.contract_offers import play_offers
from demonstration.contract_stage import ContractStage
from demonstration.contract_steps import play_steps
from demonstration.contract_year import Countdown, demonstration_year, first_day
from demonstration.timetable import play_timetable
from rehearsal.people.drawing import Sheet
from rehearsal.people.someone import chance, phone

HEADS = {
    "2ER": "florence.delmas@example.org",
    "ECOMAP": "bruno.teissier@example.org",
    "GCBD": "anne-lise.roche@example.org",
    "PRISM": "karim.haddad@example.org",
    "ISERM": "pascale.vidal@example.org",
}  # beside that of 2IA, whose account one may use; nobody signs in as them
OTHER_TUTOR, UNTUTORED = "sylvain.bonnal@example.org", "ISERM"
PAPERS = (
    ("Fiche contact", 400),
    ("Fiche contact", 110),
    ("Convention de formation", 110),
    ("Fiche d’évaluation « Avant PFE »", 95),
)  # each dated so many days before the first one
PRESENT_FIRST = 4  # of five, at the first of two meetings


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
    _name_heads(year, office, heads, days)
    _add_papers(year, office, days)
    _list_students(year, office, days)
    came = [one for one in STUDENTS if one.reach >= Reach.CONFIRMED]
    stage = ContractStage(
        year=year,
        said=said,
        days=days,
        office=office,
        heads=heads,
        students={row.email: row for row in year.students.all()},
        accounts=make_candidates(came),
    )
    _confirm_identities(stage, came)
    _hold_meetings(stage)
    _say_conditions(stage, came)
    play_steps(stage)
    play_offers(stage, staff[OFFICE])
    _name_tutors(stage, staff)
    play_timetable(stage, staff[TUTOR])


def _make_heads(administrator: User, now: datetime) -> dict[str, User]:
    return {
        department: create_account(email=email, language="fr", actor=administrator, now=now)
        for department, email in HEADS.items()
    }


def _name_heads(
    year: ContractYear, office: User, heads: Mapping[str, User], days: Countdown
) -> None:
    for department, user in heads.items():
        following.name_head(
            slug=year.slug,
            email=user.email,
            department=department,
            actor=office,
            now=days.at(116, department),
        )


def _add_papers(year: ContractYear, office: User, days: Countdown) -> None:
    for title, before in PAPERS:
        dated = days.day(before)
        papers.add_paper(
            slug=year.slug,
            title=title,
            dated=dated,
            upload=SimpleUploadedFile(f"{title}.pdf", _blank(title, dated)),
            actor=office,
            now=days.at(min(before, 115), title),
        )


def _blank(title: str, dated: date) -> bytes:
    sheet = Sheet()
    sheet.words(title, size=18, font="bold")
    sheet.down(24)
    sheet.words(f"Modèle du {dated:%d/%m/%Y}")
    return sheet.pdf()


def _list_students(year: ContractYear, office: User, days: Countdown) -> None:
    """Imported and invited together, but for those who came to the list after the others."""
    listed = [one for one in STUDENTS if one.reach > Reach.LISTED]
    lines = [
        StudentLine(line=number, email=one.email, said=_said(one))
        for number, one in enumerate(listed, start=2)
    ]
    at = days.at(112, "import")
    seen = plan_seen(cohort.preview_cohort(year, lines, at))
    cohort.import_students(slug=year.slug, lines=lines, seen=seen, actor=office, now=at)
    following.invite_students(slug=year.slug, actor=office, now=days.at(111, "invite"))
    for one in STUDENTS:
        if one.reach is Reach.LISTED:
            cohort.add_student(
                slug=year.slug,
                email=one.email,
                said=_said(one),
                actor=office,
                now=days.at(20, one.email),
            )


def _said(one: CohortStudent) -> dict[str, object]:
    said: dict[str, object] = {
        "birth_name": one.birth_name,
        "first_names": one.first_names,
        "department": one.department,
        "option": one.option,
        "home_school": one.home_school,
    }
    return {name: value for name, value in said.items() if value}


def _confirm_identities(stage: ContractStage, came: Iterable[CohortStudent]) -> None:
    for one in came:
        user, row = stage.accounts[one.email], stage.row(one)
        at = stage.days.at(chance("confirm", one.email).randint(103, 108), one.email)
        identity = own.StudentIdentity(
            first_names=one.first_names,
            birth_name=one.birth_name,
            usual_name="",
            born_on=_born_on(one, stage.said),
            nationality=one.nationality,
            phone=phone(one.full_name),
        )
        own.confirm_identity(student=row, identity=identity, actor=user, now=at)
        own.tell_circumstances(
            student=row,
            grant_holder=one.grant,
            long_internship=one.long_internship,
            actor=user,
            now=at + timedelta(minutes=2),
        )


def _born_on(one: CohortStudent, said: YearDocument) -> date:
    draw = chance("birth", one.email)
    age = draw.choice((21, 22, 22, 22, 23, 24))
    return date(first_day(said).year - age, 1, 1) + timedelta(days=draw.randint(0, 364))


def _hold_meetings(stage: ContractStage) -> None:
    """Two were held, where all came but those who were absent; the third is to come."""
    come = [one for one in STUDENTS if one.reach > Reach.INVITED and not one.absent]
    groups = (
        [one for one in come if _came_first(one)],
        [one for one in come if not _came_first(one)],
    )
    for days, group in zip((97, 69), groups, strict=True):
        meeting = _plan(stage, days, 17 * 60, planned=114)
        meetings.tick_attendance(
            ref=meeting.ref,
            present=[stage.row(one).ref for one in group],
            seen=[],
            actor=stage.office,
            now=stage.days.hour(days, 19 * 60),
        )
    _plan(stage, 3, 12 * 60 + 30, planned=60)


def _came_first(one: CohortStudent) -> bool:
    return chance("meeting", one.email).randint(1, 5) <= PRESENT_FIRST


def _plan(stage: ContractStage, days: int, minutes: int, *, planned: int) -> InformationMeeting:
    return meetings.plan_meeting(
        slug=stage.year.slug,
        starts_at=stage.days.hour(days, minutes),
        ends_at=stage.days.hour(days, minutes + 75),
        place="Amphithéâtre Pasteur, site de Clavières",
        actor=stage.office,
        now=stage.days.at(planned, "meetings"),
    )


def _say_conditions(stage: ContractStage, came: Iterable[CohortStudent]) -> None:
    """What the office knows of each student's conditions, then the agreement of the heads, then the risks taken."""
    for one in came:
        row = stage.students[one.email]
        row.refresh_from_db()
        for key in _known(stage, one, row):
            _say(stage, one, key)
        for key in one.risks:
            own.take_risk(
                student=row,
                key=key,
                statement=risk_statement(row, stage.said.conditions[key]),
                actor=stage.accounts[one.email],
                now=stage.days.at(57, one.email),
            )


def _known(stage: ContractStage, one: CohortStudent, row: StudentFile) -> list[str]:
    """The conditions that concern the student and of which something is said, but for the meeting and the jury's."""
    circumstances = circumstances_of(row)
    return [
        key
        for key, condition in stage.said.conditions.items()
        if key not in {MEETING, *one.unsaid}
        and condition.severity is not Severity.WAITS
        and all(circumstances.get(only) for only in condition.only)
    ]


def _say(stage: ContractStage, one: CohortStudent, key: str) -> None:
    by_head = key == "department-head"
    was_feasible = one.reach >= Reach.FEASIBLE
    denied = key in {*one.denied, *one.risks} and not (was_feasible and key in one.denied)
    say = conditions.deny_condition if denied else conditions.hold_condition
    say(
        ref=stage.row(one).ref,
        key=key,
        seen=seen_of_fact(FactState.UNKNOWN),
        actor=stage.heads[one.department] if by_head else stage.office,
        now=stage.days.at(61 if by_head else 63, one.email),
        evidence=SimpleUploadedFile(
            "titre-de-sejour.pdf", _blank("Titre de séjour", date(2020, 1, 2))
        )
        if key == "work-permit"
        else None,
    )


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
