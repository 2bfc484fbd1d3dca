"""A timetable as a spreadsheet or as a calendar (.ics) gives it: the columns that are looked for, line by line."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from common.refusals import DomainError
from common.rules import Refusal, fold
from contratpro.classes.presentation.words import group_choices
from contratpro.classes.rules.timetable import ClassLine, Group
from contratpro.models.classes import COURSE_LENGTH, LONGEST, TEACHER_LENGTH, UID_LENGTH
from contratpro.students.rules import CohortWords
from contratpro.vocabulary import ClassKind
from contratpro.year.document.schema import YearDocument
from screens.imports import MOST_BYTES, MOST_ROWS, Column, Reads, TableMistake, TableRow

TIMETABLE_COLUMNS = (
    Column(
        key="course",
        names=("Cours", "Intitulé", "Matière", "Module", "Enseignement", "Course", "Title"),
        required=True,
    ),
    Column(key="day", names=("Jour", "Date", "Day"), reads=Reads.DATE, required=True),
    Column(key="starts", names=("Début", "De", "Heure de début", "From", "Starts"), required=True),
    Column(key="ends", names=("Fin", "À", "Heure de fin", "To", "Ends"), required=True),
    Column(
        key="groups",
        names=("Groupes", "Groupe", "Département", "Départements", "Option", "Public", "Groups"),
    ),
    Column(key="kind", names=("Type", "Nature", "Kind")),
    Column(key="place", names=("Salle", "Lieu", "Room", "Place")),
    Column(key="teacher", names=("Enseignant", "Enseignante", "Intervenant", "Teacher")),
    Column(
        key="email",
        names=("E-mail enseignant", "Courriel enseignant", "E-mail", "Courriel", "Mail", "Email"),
        reads=Reads.EMAIL,
    ),
    Column(key="uid", names=("Identifiant", "Id", "UID")),
    Column(key="cancelled", names=("Annulé", "Annulée", "Cancelled"), reads=Reads.FLAG),
)
KINDS_CALLED: Mapping[str, ClassKind] = {
    **dict.fromkeys(("", "cours", "cm", "amphi", "class", "lecture"), ClassKind.LECTURE),
    **dict.fromkeys(
        ("td", "tp", "travaux diriges", "travaux pratiques", "tutorial"), ClassKind.TUTORIAL
    ),
    **dict.fromkeys(("projet", "travaux sur projet", "project"), ClassKind.PROJECT),
}
EVERYONE = frozenset({"tous", "toutes", "all", "everyone"})
HOUR_TYPED = re.compile(r"(?:.* )?(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?(?::\d{2})?", re.IGNORECASE)
BETWEEN_GROUPS = re.compile(r"\s*[,;+/]\s*")
CALENDAR = b"BEGIN:VCALENDAR"
HOURS_A_DAY, MINUTES_AN_HOUR = 24, 60


class TimetableFileForm(forms.Form):
    """A timetable to be looked at before anything is written, and whom it calls where it does not say so."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Timetable (.ics, .xlsx or .csv)"),
        widget=forms.FileInput(attrs={"accept": ".ics,.xlsx,.csv,.txt"}),
        error_messages={
            "required": _("Choose the timetable."),
            "empty": _("This file is empty: choose another."),
        },
    )

    def __init__(self, *args: Any, said: YearDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Whom it calls"),
            help_text=_("Where the file says it line by line, its lines go first."),
            choices=group_choices(said),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["whole"] = forms.BooleanField(
            label=_("This is their whole timetable"),
            help_text=_(
                "From its first session to its last: those that it no longer has are cancelled, "
                "unless somebody signed them."
            ),
            required=False,
        )


class ShownTimetableForm(forms.Form):
    """The lines that a page showed, of which groups they are the whole timetable, and what it said of them."""

    rows = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    whole = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def whole_groups(self) -> frozenset[Group]:
        return frozenset(as_group(one) for one in self.cleaned_data["whole"].split(",") if one)


@dataclass(frozen=True, slots=True)
class TimetableWords:
    """How a file calls departments and options, and in which zone its hours are."""

    cohort: CohortWords
    zone: ZoneInfo


def as_group(word: str) -> Group:
    """ "2IA IL" as a form carries it."""
    department, _space, option = word.partition(" ")
    return department, option


def group_word(group: Group) -> str:
    return " ".join(group).strip()


def is_calendar(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf\r\n \t").upper().startswith(CALENDAR)


def calendar_rows(
    content: bytes, zone: ZoneInfo
) -> tuple[tuple[TableRow, ...], tuple[TableMistake, ...]]:
    """The events of a calendar as lines of a table, in their order. Raises DomainError for one that cannot be read."""
    from icalendar import Calendar  # noqa: PLC0415 -- slow to load, and few processes read one

    if len(content) > MOST_BYTES:
        raise DomainError.of("file_too_big", max_bytes=MOST_BYTES)
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError):
        raise DomainError.of("calendar_unreadable") from None
    if len(events) > MOST_ROWS:
        raise DomainError.of("table_too_long", rows=MOST_ROWS)
    rows, mistakes = [], []
    for line, event in enumerate(events, start=1):
        refusal = _unlike_a_session(event)
        if refusal:
            mistakes.append(TableMistake(line, Refusal(refusal)))
        else:
            rows.append(TableRow(line, _event(event, zone)))
    return tuple(rows), tuple(mistakes)


def class_lines(
    rows: Iterable[TableRow], words: TimetableWords
) -> tuple[tuple[ClassLine, ...], tuple[TableMistake, ...]]:
    """The sessions of a timetable, and the lines of which something cannot be read."""
    lines: dict[str, ClassLine] = {}
    mistakes: list[TableMistake] = []
    for row in rows:
        try:
            line = _line(row, words)
        except DomainError as error:
            mistakes += [TableMistake(row.line, refusal) for refusal in error.refusals]
            continue
        if line.uid in lines:
            other = Refusal("class_on_another_line", {"line": lines[line.uid].line})
            mistakes.append(TableMistake(row.line, other))
        else:
            lines[line.uid] = line
    return tuple(lines.values()), tuple(mistakes)


def with_groups(rows: Iterable[TableRow], groups: Sequence[str]) -> tuple[TableRow, ...]:
    """The lines that do not say whom they call, with what was chosen for the file."""
    chosen = ", ".join(groups)
    if not chosen:
        return tuple(rows)
    return tuple(TableRow(row.line, {"groups": chosen, **row.values}) for row in rows)


def _line(row: TableRow, words: TimetableWords) -> ClassLine:
    """Raises DomainError with all that is wrong with it."""
    said = {key: str(row.values.get(key, "")) for key in ("course", "place", "teacher", "email")}
    refusals = [*_too_long(said), *_wrong_address(said["email"])]
    groups: tuple[Group, ...] = ()
    kind, hours = ClassKind.LECTURE, None
    try:
        groups = _groups(str(row.values.get("groups", "")), words)
    except DomainError as error:
        refusals += error.refusals
    try:
        kind = _kind(str(row.values.get("kind", "")))
        hours = _hours(row.values, words.zone)
    except DomainError as error:
        refusals += error.refusals
    if refusals or hours is None:
        raise DomainError(*refusals)
    starts_at, ends_at = hours
    return ClassLine(
        line=row.line,
        uid=_uid(row, groups, starts_at),
        said={
            "course": said["course"],
            "kind": kind,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": said["place"],
            "teacher_name": said["teacher"],
            "teacher_email": said["email"],
        },
        groups=groups,
        cancelled=row.values.get("cancelled") is True,
    )


def _too_long(said: Mapping[str, str]) -> list[Refusal]:
    limits = {"course": COURSE_LENGTH, "place": COURSE_LENGTH, "teacher": TEACHER_LENGTH}
    return [
        Refusal("name_too_long", {"name": said[name], "most": most})
        for name, most in limits.items()
        if len(said[name]) > most
    ]


def _wrong_address(email: str) -> list[Refusal]:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        return [Refusal("not_an_address", {"email": email})]
    return []


def _groups(text: str, words: TimetableWords) -> tuple[Group, ...]:
    found = {group for word in BETWEEN_GROUPS.split(text) if word for group in _called(word, words)}
    if not found:
        raise DomainError.of("class_without_group")
    return tuple(sorted(found))


def _called(word: str, words: TimetableWords) -> list[Group]:
    """A department by its key or its name, with an option or without; an option by its own name, where one has it."""
    said = fold(word)
    departments, options = words.cohort.departments, words.cohort.options
    if said in EVERYONE:
        return [(key, "") for key in sorted(set(departments.values()))]
    if said in departments:
        return [(departments[said], "")]
    for name, key in departments.items():
        option = options.get(key, {}).get(said.removeprefix(f"{name} "))
        if option and said.startswith(f"{name} "):
            return [(key, option)]
    alone = {(key, named[said]) for key, named in options.items() if said in named}
    if len(alone) != 1:
        raise DomainError.of("no_such_group", group=word)
    return list(alone)


def _kind(text: str) -> ClassKind:
    kind = KINDS_CALLED.get(fold(text))
    if kind is None:
        raise DomainError.of("no_such_kind", kind=text)
    return kind


def _hours(values: Mapping[str, Any], zone: ZoneInfo) -> tuple[datetime, datetime]:
    day = values["day"]
    assert isinstance(day, date)
    starts_at, ends_at = (
        datetime.combine(day, _hour(str(values[key])), zone) for key in ("starts", "ends")
    )
    if ends_at <= starts_at:
        raise DomainError.of("class_ends_before")
    if (ends_at - starts_at) > timedelta(minutes=LONGEST):
        raise DomainError.of("class_too_long", hours=LONGEST // MINUTES_AN_HOUR)
    return starts_at, ends_at


def _hour(text: str) -> time:
    typed = HOUR_TYPED.fullmatch(text.strip())
    hours, minutes = (int(typed[1]), int(typed[2] or 0)) if typed else (HOURS_A_DAY, 0)
    if hours >= HOURS_A_DAY or minutes >= MINUTES_AN_HOUR:
        raise DomainError.of("not_an_hour", text=text)
    return time(hours, minutes)


def _uid(row: TableRow, groups: Sequence[Group], starts_at: datetime) -> str:
    """Its own; else what tells it from the others: its course, whom it calls and its hour."""
    said = str(row.values.get("uid", ""))
    if said and len(said) <= UID_LENGTH:
        return said
    told = said or f"{fold(str(row.values['course']))}|{groups}|{starts_at.isoformat()}"
    return f"auto:{sha256(told.encode()).hexdigest()[:32]}"


def _unlike_a_session(event: Any) -> str:
    """Why an event is no session: it repeats by a rule, or lacks an hour."""
    if "RRULE" in event:
        return "calendar_event_repeats"
    times = [event.get(name) for name in ("DTSTART", "DTEND")]
    has_hours = all(one is not None and isinstance(one.dt, datetime) for one in times)
    return "" if has_hours and event.get("SUMMARY") else "calendar_event_incomplete"


def _event(event: Any, zone: ZoneInfo) -> dict[str, Any]:
    """An event as a line of a table. A session that ends on another day ends before it begins, and is refused so."""
    starts, ends = (_local(event[name].dt, zone) for name in ("DTSTART", "DTEND"))
    course = " ".join(str(event["SUMMARY"]).split())
    teacher = event.get("ORGANIZER")
    said = {
        "course": course,
        "day": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}" if ends.date() == starts.date() else "00:00",
        "kind": _kind_of(course),
        "groups": ", ".join(_categories(event)),
        "place": " ".join(str(event.get("LOCATION", "")).split()),
        "teacher": str(teacher.params.get("CN", "")) if teacher else "",
        "email": str(teacher).lower().removeprefix("mailto:") if teacher else "",
        "uid": f"{event.get('UID', '')}{_occurrence(event)}",
    }
    kept: dict[str, Any] = {key: value for key, value in said.items() if value}
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        kept["cancelled"] = True
    return kept


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _kind_of(course: str) -> str:
    """The word of its title that tells its kind, if one does."""
    words = fold(course).split()
    return next((word for word in words if word in {"td", "tp", "projet", "project"}), "")


def _categories(event: Any) -> Iterator[str]:
    categories = event.get("CATEGORIES")
    for one in categories if isinstance(categories, list) else [categories]:
        yield from (str(word).strip() for word in getattr(one, "cats", ()))


def _occurrence(event: Any) -> str:
    """Which one of a series that was exported with an event for each."""
    one = event.get("RECURRENCE-ID")
    return f"#{one.dt.isoformat()}" if one else ""
