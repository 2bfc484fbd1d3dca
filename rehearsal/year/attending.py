"""The sessions of a played year: imported as a timetable, then opened, signed and countersigned as people do."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from accounts.models import SignedLink
from common.refusals import DomainError
from contratpro.classes.rules.codes import code_at
from contratpro.classes.rules.signing import Found, RollLine
from contratpro.classes.rules.timetable import ClassLine, timetable_seen
from contratpro.classes.selectors import roll_of, secret_of
from contratpro.classes.services.absences import correct_presence, excuse_absence, give_document
from contratpro.classes.services.keeping import (
    call_roll,
    countersign,
    enter_pin,
    open_class,
    seen_of_roll,
    type_paper,
)
from contratpro.classes.services.locking import PURPOSE, ClassKeeper, pin_of
from contratpro.classes.services.signing import sign_by_code
from contratpro.classes.services.timetable import (
    cancel_class,
    import_timetable,
    preview_timetable,
)
from contratpro.models import ClassSession
from contratpro.states import PresenceState
from contratpro.vocabulary import ClassKind, PeriodKind
from contratpro.year.selectors import is_working_day
from rehearsal.people.someone import chance
from rehearsal.year.cast import A_DAY, CountedMinutes, PlayedYear
from rehearsal.year.leaves import leave_of
from rehearsal.year.papers import paper_of
from rehearsal.year.stage import first_day
from rehearsal.year.students import CohortStudent

WEEKS, EVERY = 26, 3  # one week of three is spent at the school
HOURS = (
    (0, 8 * 60 + 30, 210),
    (1, 13 * 60 + 30, 180),
)  # day of the week, minute, how many it lasts
EARLY, IN_TIME, LATE_BY = timedelta(minutes=5), timedelta(minutes=4), 35
SHORTER = 30  # minutes
# How a session is kept, of all of them.
WAYS = {"code": 0.55, "link": 0.15, "called": 0.15, "paper": 0.12, "cancelled": 0.03}
ABSENT, COMES_LATE, WRONG_CODE, ENDS_EARLY = 0.05, 0.05, 0.05, 0.1
EXCUSED, CORRECTED = 0.6, 0.1  # of the absences
CORRECTION = "L’élève était présent : l’enseignant l’a confirmé par e-mail."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """A session of the timetable, and how it will be kept."""

    uid: str
    department: str
    starts_at: datetime
    minutes: int
    way: str
    course: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def plan_sessions(year: PlayedYear) -> None:
    """The timetable is imported before the first day; then each session is kept at its hour."""
    sessions = [session for department in _departments(year) for session in _of(year, department)]
    at = year.hour(first_day(year.stage.said) - timedelta(days=10), 10 * 60)
    year.plan(at, "Timetable imported", partial(_import, year, sessions))
    for session in sessions:
        title = "Sessions cancelled" if session.way == "cancelled" else "Sessions held"
        year.plan(session.ends_at, title, partial(_keep, year, session))


def _departments(year: PlayedYear) -> list[str]:
    return sorted({one.department for one in year.under_contract})


def _of(year: PlayedYear, department: str) -> Iterator[PlannedSession]:
    courses = [
        str(course.title["fr"])
        for courses in year.stage.said.curriculum.tracks[department].lists().values()
        for course in courses
    ]
    for number, (day, minute, lasts) in enumerate(_slots(year, department)):
        uid = f"{department}-{number}"
        draw = chance("session", year.seed, uid)
        yield PlannedSession(
            uid=uid,
            department=department,
            starts_at=year.hour(day, minute),
            minutes=lasts,
            way=draw.choices(list(WAYS), list(WAYS.values()))[0],
            course=courses[number % len(courses)],
        )


def _slots(year: PlayedYear, department: str) -> Iterator[tuple[date, int, int]]:
    """One week of some, and all days that the calendar of the department has at the school."""
    first = first_day(year.stage.said)
    for week in range(0, WEEKS, EVERY):
        for weekday, minute, lasts in HOURS:
            day = first + timedelta(weeks=week, days=weekday)
            if is_working_day(day):
                yield day, minute, lasts
    for period in year.stage.said.calendar_of(department).periods:
        if period.kind is PeriodKind.SCHOOL and period.since and period.until:
            day = period.since
            while day <= period.until:
                if is_working_day(day):
                    yield day, *HOURS[0][1:]
                day += A_DAY


def _import(year: PlayedYear, sessions: Sequence[PlannedSession], at: datetime) -> int:
    lines = tuple(_line(year, number, one) for number, one in enumerate(sessions, start=1))
    import_timetable(
        slug=year.stage.year.slug,
        lines=lines,
        whole=(),
        seen=timetable_seen(preview_timetable(year.stage.year, lines, ())),
        actor=year.cast.office,
        now=at,
    )
    return len(year.under_contract)


def _line(year: PlayedYear, number: int, one: PlannedSession) -> ClassLine:
    """Whoever keeps it by the link has no account."""
    tutor = year.cast.tutors[one.department].email
    return ClassLine(
        line=number,
        uid=one.uid,
        said={
            "course": one.course,
            "kind": ClassKind.LECTURE if number % 2 else ClassKind.TUTORIAL,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "place": f"Salle {one.department} 1",
            "teacher_name": "Enseignant invité" if one.way == "link" else "Enseignant de l’école",
            "teacher_email": "intervenant@example.org" if one.way == "link" else tutor,
        },
        groups=((one.department, ""),),
    )


def _keep(year: PlayedYear, planned: PlannedSession, at: datetime) -> int:
    """At its end; what was done since its beginning is done at its own hour."""
    session = ClassSession.objects.get(year=year.stage.year, uid=planned.uid)
    draw = chance("kept", year.seed, planned.uid)
    called = [one for one in year.under_contract if _is_called(year, one, planned)]
    if planned.way == "cancelled":
        cancel_class(ref=session.ref, reason="Intempéries", actor=year.cast.office, now=at)
        return len(called)
    found = {one.email: _found(year, one, planned, draw) for one in called}
    shorter = SHORTER if draw.random() < ENDS_EARLY else 0
    minutes = planned.minutes - shorter
    if planned.way == "paper":
        _type(year, session, found, minutes, at)
    else:
        _sign(year, planned, found, minutes, draw)
    for email, one in found.items():
        _count(year, email, one, minutes)
    _afterwards(year, session, found, minutes, draw)
    return len(called)


def _is_called(year: PlayedYear, one: CohortStudent, planned: PlannedSession) -> bool:
    broken_on = year.broken_on(one)
    has_left = broken_on is not None and planned.starts_at.date() > broken_on
    return one.department == planned.department and not has_left


def _found(year: PlayedYear, one: CohortStudent, planned: PlannedSession, draw: Random) -> Found:
    leave = leave_of(year, one)
    is_away = leave is not None and leave[0] <= planned.starts_at.date() <= leave[1]
    drawn = draw.random()
    if is_away or drawn < ABSENT:
        return Found(PresenceState.ABSENT)
    if drawn < ABSENT + COMES_LATE:
        return Found(PresenceState.LATE, LATE_BY)
    return Found(PresenceState.PRESENT)


def _sign(
    year: PlayedYear,
    planned: PlannedSession,
    found: dict[str, Found],
    minutes: int,
    draw: Random,
) -> None:
    keeper = _keeper(year, planned)
    opened = open_class(keeper=keeper, now=planned.starts_at - EARLY)
    session = ClassSession.objects.select_related("year").get(pk=opened.pk)
    if planned.way == "called":
        lines = [
            RollLine(ref=entry.student.ref, found=found[entry.student.email])
            for entry in roll_of(session)
        ]
        call_roll(keeper=keeper, lines=lines, now=planned.starts_at + IN_TIME)
    else:
        for email, one in found.items():
            if one.state is not PresenceState.ABSENT:
                _sign_one(year, session, email, one, draw)
    seen = seen_of_roll(roll_of(session))
    countersign(keeper=keeper, minutes=minutes, seen=seen, now=planned.ends_at)


def _keeper(year: PlayedYear, planned: PlannedSession) -> ClassKeeper:
    """The tutor, signed in; or whoever was sent the link the evening before, with its code."""
    session = ClassSession.objects.get(year=year.stage.year, uid=planned.uid)
    if planned.way != "link":
        return ClassKeeper(ref=session.ref, user=year.cast.tutors[planned.department])
    link = SignedLink.objects.filter(purpose=PURPOSE, subject_ref=session.ref).latest("pk")
    pin = pin_of(session, link)
    enter_pin(link_id=link.pk, pin=pin, now=planned.starts_at - EARLY)
    return ClassKeeper(link_id=link.pk, pin=pin)


def _sign_one(
    year: PlayedYear, session: ClassSession, email: str, found: Found, draw: Random
) -> None:
    at = session.starts_at + (timedelta(minutes=found.late) if found.late else IN_TIME)
    code = code_at(secret_of(session), at)
    student, actor = year.stage.students[email], year.stage.accounts[email]
    if draw.random() < WRONG_CODE:
        wrong = f"{(int(code) + 1) % 10**6:06}"
        with suppress(DomainError):
            sign_by_code(ref=session.ref, student_ref=student.ref, code=wrong, actor=actor, now=at)
    sign_by_code(ref=session.ref, student_ref=student.ref, code=code, actor=actor, now=at)


def _type(
    year: PlayedYear, session: ClassSession, found: dict[str, Found], minutes: int, at: datetime
) -> None:
    """From the sheet that was signed on paper, the same evening."""
    lines = [
        RollLine(ref=year.stage.students[email].ref, found=one) for email, one in found.items()
    ]
    type_paper(
        ref=session.ref,
        lines=lines,
        minutes=minutes,
        signatory=session.teacher_name,
        scan=paper_of("Feuille d’émargement", session.course),
        actor=year.cast.office,
        now=at + timedelta(hours=3),
    )


def _count(year: PlayedYear, email: str, found: Found, minutes: int) -> None:
    counted = year.ledger.setdefault(email, CountedMinutes())
    counted.held += minutes
    counted.attended += _attended(found, minutes)


def _attended(found: Found, minutes: int) -> int:
    return 0 if found.state is PresenceState.ABSENT else minutes - found.late


def _afterwards(
    year: PlayedYear,
    session: ClassSession,
    found: dict[str, Found],
    minutes: int,
    draw: Random,
) -> None:
    """Of some absences the student gives a document, which the office accepts; some were none."""
    for email, one in found.items():
        if one.state is not PresenceState.ABSENT:
            continue
        drawn, at = draw.random(), session.ends_at + A_DAY
        if drawn < EXCUSED:
            _excuse(year, session.ref, email, at)
        elif drawn < EXCUSED + CORRECTED:
            correct_presence(
                ref=session.ref,
                student_ref=year.stage.students[email].ref,
                found=Found(PresenceState.PRESENT),
                reason=CORRECTION,
                actor=year.cast.office,
                now=at,
            )
            year.ledger[email].attended += minutes


def _excuse(year: PlayedYear, ref: str, email: str, at: datetime) -> None:
    student_ref, student = year.stage.students[email].ref, year.stage.accounts[email]
    document = paper_of("Justificatif d’absence", email)
    give_document(ref=ref, student_ref=student_ref, upload=document, actor=student, now=at)
    later = at + timedelta(hours=2)
    excuse_absence(ref=ref, student_ref=student_ref, actor=year.cast.office, now=later)
