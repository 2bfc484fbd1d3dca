"""Sessions of a timetable, whom they call, who was there; the hours of a student."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from common.models import JournalEntry, StoredFile
from contratpro.classes.rules.booklets import HANDED_IN
from contratpro.classes.rules.hours import HeldClass
from contratpro.classes.rules.signing import IN_ROOM, ClassFacts, Found
from contratpro.classes.rules.timetable import SAID, Group, KnownClass, is_within
from contratpro.models import (
    CalledGroup,
    ClassPresence,
    ClassSession,
    ContractYear,
    StudentFile,
)
from contratpro.states import BOUND_STUDENTS, ClassState, PresenceState
from contratpro.year.selectors import year_now

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
RELATED = ("year__school", "year__current_version")
WAITING = (ClassState.SCHEDULED, ClassState.OPEN)  # for their teacher


def class_by_ref(ref: str) -> ClassSession | None:
    rows = ClassSession.objects.select_related(*RELATED).prefetch_related("groups")
    return rows.filter(ref=ref).first()


def facts_of(session: ClassSession) -> ClassFacts:
    return ClassFacts(
        state=session.state,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        opened_at=session.opened_at,
    )


def secret_of(session: ClassSession) -> bytes:
    """What the codes of a session are made of; opened again, it has others."""
    about = f"{session.ref}:{session.opened_at.isoformat() if session.opened_at else ''}"
    return salted_hmac("contratpro.classes.code", about, algorithm="sha256").digest()


def pin_secret(session: ClassSession) -> bytes:
    return salted_hmac("contratpro.classes.pin", session.ref, algorithm="sha256").digest()


def called_students(session: ClassSession) -> QuerySet[StudentFile]:
    """Those of its groups who have a project under way, in the order of their names."""
    calling = CalledGroup.objects.filter(
        Q(option="") | Q(option=OuterRef("option")),
        session=session,
        department=OuterRef("department"),
    )
    students = StudentFile.objects.filter(year_id=session.year_id, state__in=BOUND_STUDENTS)
    return students.filter(Exists(calling))


def calls(session: ClassSession, student: StudentFile) -> bool:
    return called_students(session).filter(pk=student.pk).exists()


def classes_of(student: StudentFile) -> QuerySet[ClassSession]:
    """Those that call the student, and those at which something was said of them."""
    calling = CalledGroup.objects.filter(
        Q(option="") | Q(option=student.option),
        session=OuterRef("pk"),
        department=student.department,
    )
    signed = ClassPresence.objects.filter(session=OuterRef("pk"), student=student)
    rows = ClassSession.objects.filter(year_id=student.year_id)
    return rows.filter(Exists(calling) | Exists(signed)).prefetch_related("groups")


def classes_on(student: StudentFile, day: date) -> QuerySet[ClassSession]:
    """Those of a day of the school that are not cancelled."""
    midnight = datetime.combine(day, time(), year_now(student.year).zone)
    rows = classes_of(student).exclude(state=ClassState.CANCELLED)
    return rows.filter(starts_at__gte=midnight, starts_at__lt=midnight + A_DAY)


def held_of(student: StudentFile) -> tuple[HeldClass, ...]:
    """What counts in their hours: where the teacher countersigned."""
    return held_by([student])[student.pk]


def held_by(students: Sequence[StudentFile]) -> Mapping[int, tuple[HeldClass, ...]]:
    """The same for students of one year, in one statement."""
    found: dict[int, list[HeldClass]] = defaultdict(list)
    rows = ClassPresence.objects.filter(
        student__in=students, session__state=ClassState.COUNTERSIGNED
    )
    columns = ("student_id", "session__starts_at", "session__minutes", "state", "late_minutes")
    zone = year_now(students[0].year).zone if students else None
    for student, starts_at, minutes, state, late in rows.order_by("session__starts_at").values_list(
        *columns
    ):
        held = HeldClass(
            day=starts_at.astimezone(zone).date(), minutes=minutes, state=state, late=late
        )
        found[student].append(held)
    return {student.pk: tuple(found[student.pk]) for student in students}


def unsigned_of(student: StudentFile, now: datetime) -> QuerySet[ClassSession]:
    """Those that are over, and that nobody has countersigned or cancelled."""
    return classes_of(student).filter(state__in=WAITING, ends_at__lt=now)


def signatures_by(students: QuerySet[StudentFile], end: datetime) -> list[tuple[str, bool, bool]]:
    """Of each, by reference: whether before `end` a session counts in their hours, and whether one is unsigned."""
    said = ClassPresence.objects.filter(student=OuterRef("pk"))
    held = said.filter(session__state=ClassState.COUNTERSIGNED, session__starts_at__lt=end)
    waiting = {"session__state__in": WAITING, "session__ends_at__lt": end}
    calling = CalledGroup.objects.filter(
        Q(option="") | Q(option=OuterRef("option")),
        session__year=OuterRef("year"),
        department=OuterRef("department"),
        **waiting,
    )
    rows = students.annotate(
        has_held=Exists(held), has_unsigned=Exists(calling) | Exists(said.filter(**waiting))
    )
    return list(rows.values_list("ref", "has_held", "has_unsigned"))


def classes_to_come(student: StudentFile, now: datetime) -> tuple[date, ...]:
    """The day of each class that is not over, of those before the day on which the booklet is due."""
    said = year_now(student.year)
    waiting = classes_of(student).filter(state__in=WAITING, ends_at__gte=now)
    step = said.steps.get(HANDED_IN)
    due = said.day(step.due, student.department) if step and step.due else None
    if due:
        waiting = waiting.filter(starts_at__lt=datetime.combine(due, time(), said.zone))
    starts = waiting.order_by("starts_at").values_list("starts_at", flat=True)
    return tuple(moment.astimezone(said.zone).date() for moment in starts)


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A student of a session, and what is said of them."""

    student: StudentFile
    presence: ClassPresence | None

    @property
    def word(self) -> str:
        return found_of(self.presence).word if self.presence else ""


def found_of(presence: ClassPresence) -> Found:
    return Found(presence.state, presence.late_minutes)


def roll_of(session: ClassSession) -> list[RollEntry]:
    """Those whom it calls, and those who signed and whom it calls no longer; three statements for any number."""
    presences = {
        row.student_id: row for row in session.presences.select_related("student", "document").all()
    }
    students = {student.pk: student for student in called_students(session)}
    others = [row.student for pk, row in presences.items() if pk not in students]
    everyone = sorted([*students.values(), *others], key=lambda one: (one.sort_key, one.pk))
    return [RollEntry(student, presences.get(student.pk)) for student in everyone]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekClass:
    """A session as a week lists it; `called` and `in_room` are how many."""

    session: ClassSession
    called: int
    in_room: int
    awaits: int  # documents that nobody has answered


def week_start(year: ContractYear, day: date) -> datetime:
    """Monday of that week, at midnight of the school."""
    monday = day - timedelta(days=day.weekday())
    return datetime.combine(monday, time(), year_now(year).zone)


def week_of(year: ContractYear, monday: datetime, department: str = "") -> list[WeekClass]:
    """The sessions of a week, of all departments or of one: four statements for any number."""
    zone = year_now(year).zone
    until = datetime.combine(monday.date() + A_WEEK, time(), zone)
    rows = year.classes.filter(starts_at__gte=monday, starts_at__lt=until)
    if department:
        rows = rows.filter(
            Exists(CalledGroup.objects.filter(session=OuterRef("pk"), department=department))
        )
    in_room = Count("presences", filter=Q(presences__state__in=IN_ROOM))
    awaits = Count("presences", filter=AWAITS_ANSWER)
    counted = rows.annotate(in_room=in_room, awaits=awaits).prefetch_related("groups")
    listed = counted.order_by("starts_at", "pk")  # a count drops the order of the model
    sizes = _sizes(year)
    return [
        WeekClass(
            session=row,
            called=_size(sizes, row.groups.all()),
            in_room=row.in_room,
            awaits=row.awaits,
        )
        for row in listed
    ]


AWAITS_ANSWER = Q(
    presences__state=PresenceState.ABSENT, presences__document__state=StoredFile.State.KEPT
)


def _sizes(year: ContractYear) -> Counter[Group]:
    """How many students each option of each department has."""
    bound = year.students.filter(state__in=BOUND_STUDENTS).order_by()
    return Counter(bound.values_list("department", "option"))


def _size(sizes: Counter[Group], groups: Iterable[CalledGroup]) -> int:
    called = {(group.department, group.option) for group in groups}
    return sum(count for group, count in sizes.items() if is_within(group, called))


def awaiting_answer(year: ContractYear) -> QuerySet[ClassPresence]:
    """Absences whose document the office has not answered, the oldest first."""
    rows = ClassPresence.objects.filter(
        session__year=year, state=PresenceState.ABSENT, document__state=StoredFile.State.KEPT
    )
    return rows.select_related("session__year", "student", "document").order_by("document_at")


def known_classes(year: ContractYear) -> list[KnownClass]:
    return [known_class(row) for row in year.classes.prefetch_related("groups")]


def known_class(session: ClassSession) -> KnownClass:
    return KnownClass(
        ref=session.ref,
        uid=session.uid,
        state=session.state,
        said={name: getattr(session, name) for name in SAID},
        groups=groups_of(session),
    )


def groups_of(session: ClassSession) -> tuple[Group, ...]:
    return tuple((group.department, group.option) for group in session.groups.all())


def tries_of(session: ClassSession, student: StudentFile) -> int:
    """How many codes the student typed there that were none."""
    return JournalEntry.objects.filter(
        object_type="class_session",
        object_ref=session.ref,
        verb="try_code",
        data__student=student.ref,
    ).count()


def tries_at(session: ClassSession) -> QuerySet[JournalEntry]:
    """What was tried there and signed nothing, the last first."""
    entries = JournalEntry.objects.filter(
        object_type="class_session", object_ref=session.ref, verb__startswith="try_"
    )
    return entries.order_by("-at", "-pk")


def names_of(year: ContractYear, entries: Iterable[JournalEntry]) -> dict[str, str]:
    """The students whom entries name, by their reference."""
    refs = {entry.data["student"] for entry in entries if "student" in entry.data}
    students = year.students.filter(ref__in=refs)
    return {student.ref: student.full_name for student in students}


def pins_tried(session: ClassSession, link_id: int) -> int:
    return JournalEntry.objects.filter(
        object_type="class_session",
        object_ref=session.ref,
        verb="try_pin",
        actor_kind="link",
        actor_ref=str(link_id),
    ).count()


def classes_between(
    student: StudentFile, first: datetime, last: datetime
) -> list[tuple[ClassSession, ClassPresence | None]]:
    """The sessions of the student from `first` to before `last`, with what is said of them there."""
    rows = classes_of(student).filter(starts_at__gte=first, starts_at__lt=last)
    sessions = list(rows.select_related(*RELATED))
    found = ClassPresence.objects.filter(student=student, session__in=sessions)
    presences = {row.session_id: row for row in found.select_related("document")}
    return [(row, presences.get(row.pk)) for row in sessions]


def months_of(student: StudentFile) -> list[date]:
    """The first day of each month in which the student has a session."""
    zone = year_now(student.year).zone
    starts = classes_of(student).order_by("starts_at").values_list("starts_at", flat=True)
    return sorted({moment.astimezone(zone).date().replace(day=1) for moment in starts})


def teachers_of(year: ContractYear, first: datetime, last: datetime) -> QuerySet[ClassSession]:
    """The sessions from `first` to before `last` whose teacher can be written to."""
    rows = year.classes.filter(state=ClassState.SCHEDULED, starts_at__gte=first)
    return rows.filter(starts_at__lt=last).exclude(teacher_email="").order_by("pk")


def of_teacher(rows: QuerySet[ClassSession]) -> QuerySet[ClassSession]:
    """As their own page lists them."""
    count = Count("presences", filter=Q(presences__state__in=IN_ROOM))
    counted = rows.select_related("year").prefetch_related("groups").annotate(in_room=count)
    return counted.order_by("starts_at", "pk")
