"""Sessions and presence in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common.formats import NO_BREAK, clock, day, localized, number
from common.models import JournalEntry
from common.refusals import say
from common.rules import Refusal
from common.signs import Sign
from contratpro.classes.rules.hours import HOUR
from contratpro.classes.rules.signing import MOST_TRIES
from contratpro.classes.rules.timetable import ClassFate, ClassPlan, Group
from contratpro.classes.selectors import (
    RollEntry,
    WeekClass,
)
from contratpro.models import ClassPresence, ClassSession
from contratpro.states import ClassState, PresenceState
from contratpro.vocabulary import ClassKind, SignedHow
from contratpro.year.document.schema import YearDocument
from contratpro.year.selectors import year_now

CLASS_SIGNS: Mapping[ClassState, Sign] = {
    ClassState.SCHEDULED: Sign(pgettext_lazy("a session", "planned"), "calendar-event", "quiet"),
    ClassState.OPEN: Sign(pgettext_lazy("a session", "open"), "pencil", "action"),
    ClassState.COUNTERSIGNED: Sign(
        pgettext_lazy("a session", "countersigned"), "check-circle-fill", "done"
    ),
    ClassState.CANCELLED: Sign(pgettext_lazy("a session", "cancelled"), "x-circle", "quiet"),
}


UNSIGNED = Sign(
    pgettext_lazy("a session", "over, not countersigned"), "exclamation-triangle-fill", "due"
)


PRESENCE_SIGNS: Mapping[PresenceState, Sign] = {
    PresenceState.PRESENT: Sign(
        pgettext_lazy("at a session", "present"), "check-circle-fill", "done"
    ),
    PresenceState.LATE: Sign(pgettext_lazy("at a session", "late"), "clock", "due"),
    PresenceState.ABSENT: Sign(pgettext_lazy("at a session", "absent"), "x-circle", "refused"),
    PresenceState.EXCUSED: Sign(
        pgettext_lazy("at a session", "excused"), "file-earmark-text", "quiet"
    ),
}


KINDS: Mapping[ClassKind, str | Promise] = {
    ClassKind.LECTURE: pgettext_lazy("a session", "class"),
    ClassKind.TUTORIAL: pgettext_lazy("a session", "tutorial"),
    ClassKind.PROJECT: pgettext_lazy("a session", "project"),
}


HOWS: Mapping[SignedHow, str | Promise] = {
    SignedHow.CODE: gettext_lazy("signed with the code"),
    SignedHow.CALLED: gettext_lazy("called by the teacher"),
    SignedHow.PAPER: gettext_lazy("signed on paper"),
    SignedHow.OFFICE: gettext_lazy("put right by the office"),
}


FATES: Mapping[ClassFate, Sign] = {
    ClassFate.NEW: Sign(pgettext_lazy("a session", "new"), "plus-lg", "action"),
    ClassFate.CHANGED: Sign(pgettext_lazy("a session", "changed"), "pencil", "due"),
    ClassFate.RESTORED: Sign(
        pgettext_lazy("a session", "planned again"), "arrow-return-left", "action"
    ),
    ClassFate.CANCELLED: Sign(pgettext_lazy("a session", "cancelled"), "trash", "refused"),
    ClassFate.KEPT: Sign(pgettext_lazy("a session", "signed, kept as it is"), "lock", "quiet"),
    ClassFate.UNCHANGED: Sign(pgettext_lazy("a session", "unchanged"), "check2", "quiet"),
}


COLUMN_WORDS: Mapping[str, str | Promise] = {
    "course": gettext_lazy("Course"),
    "kind": gettext_lazy("Kind of session"),
    "starts_at": pgettext_lazy("hours", "From"),
    "ends_at": pgettext_lazy("hours", "To"),
    "place": pgettext_lazy("a room", "Place"),
    "teacher_name": gettext_lazy("Teacher"),
    "teacher_email": gettext_lazy("E-mail address of the teacher"),
    "groups": gettext_lazy("Whom it calls"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClass:
    """A session with what is said of it; `is_over` and not countersigned, it waits for somebody."""

    session: ClassSession
    sign: Sign
    kind: str
    groups: str
    lasts: str
    minutes: int
    when: str
    called: int = 0
    in_room: int = 0
    awaits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPresence:
    """A line of the roll, or of a booklet."""

    sign: Sign | None
    how: str
    late: str
    presence: ClassPresence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTry:
    """Something that was tried at a session, and refused."""

    at: datetime
    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """What an import would do to a session, with each change as it was and as it becomes."""

    line: int
    course: str
    when: str
    groups: str
    sign: Sign
    changes: Sequence[tuple[str, str, str]]


def in_hours(minutes: int) -> str:
    """ "12 h 30": hours, and minutes where there are some."""
    hours, rest = divmod(minutes, HOUR)
    whole = f"{number(hours)}{NO_BREAK}h"
    return f"{whole}{NO_BREAK}{rest:02}" if rest else whole


def in_minutes(minutes: int) -> str:
    return ngettext("%(count)s min", "%(count)s min", minutes) % {"count": minutes}


def group_words(groups: Iterable[Group], said: YearDocument) -> str:
    """ "2IA IL, ECOMAP"; all departments are said so."""
    groups = sorted(groups)
    if {department for department, option in groups if not option} >= said.departments.keys():
        return _("all students")
    return ", ".join(f"{department} {option}".strip() for department, option in groups)


def when_of(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The day and both hours."""
    return f"{day(starts_at, zone)}, {clock(starts_at, zone)} – {clock(ends_at, zone)}"


def shown_class(
    session: ClassSession, now: datetime, listed: WeekClass | None = None
) -> ShownClass:
    said = year_now(session.year)
    groups = [(group.department, group.option) for group in session.groups.all()]
    waits = session.state in {ClassState.SCHEDULED, ClassState.OPEN}
    is_left = waits and session.ends_at < now
    return ShownClass(
        session=session,
        sign=UNSIGNED if is_left else CLASS_SIGNS[session.state],
        kind=str(KINDS[session.kind]),
        groups=group_words(groups, said),
        lasts=in_hours(session.minutes),
        minutes=session.minutes,
        when=when_of(session.starts_at, session.ends_at, said.year.zone),
        called=listed.called if listed else 0,
        in_room=listed.in_room if listed else 0,
        awaits=listed.awaits if listed else 0,
    )


def by_day(
    classes: Iterable[WeekClass], said: YearDocument, now: datetime
) -> list[tuple[str, list[ShownClass]]]:
    """The sessions of a week, day by day."""
    days: dict[str, list[ShownClass]] = {}
    for one in classes:
        words = day(one.session.starts_at, said.year.zone)
        days.setdefault(words, []).append(shown_class(one.session, now, one))
    return list(days.items())


def shown_presence(presence: ClassPresence | None) -> ShownPresence:
    late = presence.late_minutes if presence else 0
    return ShownPresence(
        sign=PRESENCE_SIGNS[presence.state] if presence else None,
        how=str(HOWS[presence.how]) if presence else "",
        late=in_minutes(late) if late else "",
        presence=presence,
    )


def shown_roll(roll: Iterable[RollEntry]) -> list[tuple[RollEntry, ShownPresence]]:
    return [(entry, shown_presence(entry.presence)) for entry in roll]


def shown_tries(entries: Iterable[JournalEntry], students: Mapping[str, str]) -> list[ShownTry]:
    """What was tried and signed nothing: when, by whom, why not. Of a link, nobody knows by whom."""
    return [
        ShownTry(
            at=entry.at,
            who=students.get(entry.data.get("student", ""), "") or _("whoever had the link"),
            why=" ".join(_why(code) for code in entry.data.get("why", ["class_pin_wrong"])),
        )
        for entry in entries
    ]


def _why(code: str) -> str:
    return say(Refusal(code, {"most": MOST_TRIES}))


def shown_plan(plan: Iterable[ClassPlan], said: YearDocument) -> list[ShownPlan]:
    """What an import would do, those that it changes nothing of left out."""
    return [
        ShownPlan(
            line=one.line,
            course=str(one.said["course"]),
            when=_when(one.said["starts_at"], one.said["ends_at"], said),
            groups=group_words(one.groups, said),
            sign=FATES[one.fate],
            changes=[_change(one, name, said) for name in one.was],
        )
        for one in plan
        if one.fate is not ClassFate.UNCHANGED
    ]


def counted_fates(plan: Iterable[ClassPlan]) -> list[tuple[Sign, int]]:
    plan = tuple(plan)
    return [(sign, sum(one.fate is fate for one in plan)) for fate, sign in FATES.items()]


def _when(starts_at: object, ends_at: object, said: YearDocument) -> str:
    assert isinstance(starts_at, datetime)
    assert isinstance(ends_at, datetime)
    return when_of(starts_at, ends_at, said.year.zone)


def _change(plan: ClassPlan, name: str, said: YearDocument) -> tuple[str, str, str]:
    becomes = plan.groups if name == "groups" else plan.said[name]
    return (
        str(COLUMN_WORDS[name]),
        _shown_value(name, plan.was[name], said),
        _shown_value(name, becomes, said),
    )


def _shown_value(name: str, value: object, said: YearDocument) -> str:
    if isinstance(value, datetime):
        return f"{day(value, said.year.zone)}, {clock(value, said.year.zone)}"
    if isinstance(value, ClassKind):
        return str(KINDS[value])
    if name == "groups" and isinstance(value, tuple):
        return group_words(value, said)
    return str(value) or "–"


def department_choices(said: YearDocument) -> list[tuple[str, str]]:
    return [(key, f"{key} – {localized(one.title)}") for key, one in said.departments.items()]


def group_choices(said: YearDocument) -> list[tuple[str, str]]:
    """Each department, then each of its options."""
    choices = []
    for key, words in department_choices(said):
        choices.append((key, words))
        track = said.curriculum.tracks.get(key)
        options = track.options if track else {}
        choices += [
            (f"{key} {name}", f"{key} {name} – {localized(one.title)}")
            for name, one in options.items()
        ]
    return choices
