"""How a year begins: heads and papers, the list, who confirmed what, meetings, and what is known of conditions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from contratpro.models import ContractYear, InformationMeeting, StudentFile
from contratpro.states import FactState
from contratpro.student.presentation import risk_statement
from contratpro.student.services import own
from contratpro.students.rules import MEETING, StudentLine, plan_seen, seen_of_fact
from contratpro.students.selectors import circumstances_of
from contratpro.students.services import cohort, conditions, following, meetings, papers
from contratpro.vocabulary import Party, Severity
from contratpro.year.document.schema import YearDocument
from rehearsal.people.drawing import Sheet
from rehearsal.people.someone import chance, phone
from rehearsal.year.stage import ContractStage, Countdown, first_day
from rehearsal.year.students import CohortStudent, Reach

PAPERS = (
    ("Fiche contact", 400),
    ("Fiche contact", 110),
    ("Convention de formation", 110),
    ("Fiche d’évaluation « Avant PFE »", 95),
)  # each dated so many days before the first one
PRESENT_FIRST = 4  # of five, at the first of two meetings


def name_heads(
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


def add_papers(year: ContractYear, office: User, days: Countdown) -> None:
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


def list_students(
    year: ContractYear, students: Sequence[CohortStudent], office: User, days: Countdown
) -> None:
    """Imported and invited together, but for those who came to the list after the others."""
    listed = [one for one in students if one.reach > Reach.LISTED]
    lines = [
        StudentLine(line=number, email=one.email, said=_said(one))
        for number, one in enumerate(listed, start=2)
    ]
    at = days.at(112, "import")
    seen = plan_seen(cohort.preview_cohort(year, lines, at))
    cohort.import_students(slug=year.slug, lines=lines, seen=seen, actor=office, now=at)
    following.invite_students(slug=year.slug, actor=office, now=days.at(111, "invite"))
    for one in students:
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


def confirm_identities(stage: ContractStage, came: Iterable[CohortStudent]) -> None:
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


def hold_meetings(stage: ContractStage) -> None:
    """Two were held, where all came but those who were absent; the third is to come."""
    come = [one for one in stage.cohort if one.reach > Reach.INVITED and not one.absent]
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


def say_conditions(stage: ContractStage, came: Iterable[CohortStudent]) -> None:
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
    by_head = stage.said.conditions[key].evidence.by is Party.DEPARTMENT_HEAD
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
