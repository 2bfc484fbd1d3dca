"""The timetable of the demonstration: two weeks of courses to come, and the sessions that prepare them, signed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from contratpro.classes.rules.signing import Found, RollLine
from contratpro.classes.rules.timetable import ClassLine, Group, timetable_seen
from contratpro.classes.selectors import roll_of
from contratpro.classes.services.absences import give_document
from contratpro.classes.services.keeping import call_roll, countersign, open_class, seen_of_roll
from contratpro.classes.services.locking import ClassKeeper
from contratpro.classes.services.timetable import add_class, import_timetable, preview_timetable
from contratpro.models import ClassSession
from contratpro.states import PresenceState
from contratpro.vocabulary import ClassKind
from demonstration.cohort import ADAM, ISAAC
from rehearsal.people.drawing import Sheet
from rehearsal.year.stage import ContractStage

TEACHERS = (
    ("Pascal Imbert", "pascal.imbert@example.org"),
    ("Claire Noguier", "claire.noguier@example.org"),
    ("Rachid Amrani", "rachid.amrani@example.org"),
    ("Sophie Lavergne", "sophie.lavergne@example.org"),
)  # nobody signs in as them
TEACHER = (
    "Myriam Jourdan"  # the school tutor, whose account one may use, teaches those of one group
)
HER_GROUP: Group = ("2IA", "IL")
HOURS = ((8 * 60 + 30, 150), (13 * 60 + 30, 180))  # minutes of the day, and how many it lasts
WEEKS, SCHOOL_DAYS = 2, 5
IMPORTED = 10  # days before the first one
PREPARED, PREPARING = 1, (14 * 60, 120)  # the day before now, and its hours
DAYTIME = range(8, 17)  # hours at which a session may be under way
BEGUN = timedelta(minutes=25)
LASTS = timedelta(hours=2)


def play_timetable(stage: ContractStage, teacher: User) -> None:
    """Imported, then what was signed until now."""
    _import(stage, teacher.email)
    _sign_one_of_yesterday(stage, teacher)
    _open_one_of_today(stage, teacher)


def _import(stage: ContractStage, teacher: str) -> None:
    lines = tuple(_lines(stage, teacher))
    seen = timetable_seen(preview_timetable(stage.year, lines, ()))
    import_timetable(
        slug=stage.year.slug,
        lines=lines,
        whole=(),
        seen=seen,
        actor=stage.office,
        now=stage.days.at(IMPORTED, "timetable"),
    )


def _lines(stage: ContractStage, teacher: str) -> Iterator[ClassLine]:
    """For each option, its courses one after the other, two sessions a day."""
    number = 0
    for department, track in stage.said.curriculum.tracks.items():
        for option, courses in track.lists().items():
            group = (department, option or "")
            who = (TEACHER, teacher) if group == HER_GROUP else TEACHERS[number % len(TEACHERS)]
            for place, (day, minutes, lasts) in enumerate(_slots()):
                number += 1
                starts_at = stage.days.hour(-day, minutes)
                course = str(courses[place // 2 % len(courses)].title["fr"])
                yield ClassLine(
                    line=number,
                    uid=f"demo-{number}",
                    said={
                        "course": course,
                        "kind": ClassKind.TUTORIAL if place % 2 else ClassKind.LECTURE,
                        "starts_at": starts_at,
                        "ends_at": starts_at + timedelta(minutes=lasts),
                        "place": f"Salle {department} {place % 4 + 1}",
                        "teacher_name": who[0],
                        "teacher_email": who[1],
                    },
                    groups=(group,),
                )


def _slots() -> Iterator[tuple[int, int, int]]:
    """How many days after the first one, at which minute of it, for how long."""
    for day in range(WEEKS * 7):
        if day % 7 < SCHOOL_DAYS:
            for minutes, lasts in HOURS:
                yield day, minutes, lasts


def _sign_one_of_yesterday(stage: ContractStage, teacher: User) -> None:
    """All were called but one, who was absent and gave a document; another came late."""
    now = stage.days.now
    minutes, lasts = PREPARING
    midnight = now.astimezone(stage.said.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    starts_at = midnight - timedelta(days=PREPARED) + timedelta(minutes=minutes)
    session = _plan(
        stage, teacher, "Préparer son année en entreprise", starts_at, timedelta(minutes=lasts)
    )
    keeper = ClassKeeper(ref=session.ref, user=teacher)
    ends_at = session.ends_at
    open_class(keeper=keeper, now=starts_at)
    lines = [_found(entry.student.email, entry.student.ref) for entry in roll_of(session)]
    call_roll(keeper=keeper, lines=lines, now=starts_at + BEGUN)
    seen = seen_of_roll(roll_of(session))
    countersign(keeper=keeper, minutes=lasts, seen=seen, now=ends_at)
    absent = stage.row(ISAAC)
    sheet = Sheet()
    sheet.words("Arrêt de travail", size=18, font="bold")
    give_document(
        ref=session.ref,
        student_ref=absent.ref,
        upload=SimpleUploadedFile("arret-de-travail.pdf", sheet.pdf()),
        actor=stage.accounts[ISAAC.email],
        now=ends_at + timedelta(hours=1),
    )


def _found(email: str, ref: str) -> RollLine:
    states = {
        ISAAC.email: Found(PresenceState.ABSENT),
        ADAM.email: Found(PresenceState.LATE, 20),
    }
    return RollLine(ref=ref, found=states.get(email, Found(PresenceState.PRESENT)))


def _open_one_of_today(stage: ContractStage, teacher: User) -> None:
    """Under way in the daytime; else it is for the next morning."""
    now = stage.days.now
    local = now.astimezone(stage.said.zone).replace(second=0, microsecond=0)
    is_under_way = local.hour in DAYTIME
    starts_at = local - BEGUN if is_under_way else _next_morning(local)
    session = _plan(stage, teacher, "Prendre en main les outils de l’école", starts_at, LASTS)
    if is_under_way:
        open_class(keeper=ClassKeeper(ref=session.ref, user=teacher), now=starts_at)


def _next_morning(local: datetime) -> datetime:
    morning = local.replace(hour=DAYTIME[0], minute=30)
    return morning if morning > local else morning + timedelta(days=1)


def _plan(
    stage: ContractStage, teacher: User, course: str, starts_at: datetime, lasts: timedelta
) -> ClassSession:
    return add_class(
        slug=stage.year.slug,
        said={
            "course": course,
            "kind": ClassKind.PROJECT,
            "starts_at": starts_at,
            "ends_at": starts_at + lasts,
            "place": "Amphithéâtre Pasteur",
            "teacher_name": TEACHER,
            "teacher_email": teacher.email,
        },
        groups=(("2IA", ""),),
        actor=stage.office,
        now=stage.days.at(IMPORTED, course),
    )
