"""A timetable as schools export it: calendars and spreadsheets, and what cannot be read of them (R-PRO-11)."""

import io
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from common.refusals import DomainError
from contratpro.classes.forms.timetable import (
    TIMETABLE_COLUMNS,
    TimetableWords,
    calendar_rows,
    class_lines,
    is_calendar,
    with_groups,
)
from contratpro.students.rules import CohortWords
from contratpro.vocabulary import ClassKind
from screens.imports import TableRow, read_table
from tests.factories.classes import ENDS, STARTS

PARIS = ZoneInfo("Europe/Paris")
WORDS = TimetableWords(
    CohortWords(
        departments={"2ia": "2IA", "informatique et ia": "2IA", "ecomap": "ECOMAP"},
        options={
            "2IA": {"il": "IL", "ingenierie logicielle": "IL", "iasd": "IASD"},
            "ECOMAP": {},
        },
        today=STARTS.date(),
    ),
    PARIS,
)
EVENT = """BEGIN:VEVENT
UID:abc-1
DTSTART:20250915T063000Z
DTEND:20250915T083000Z
SUMMARY:TD Ingénierie logicielle
LOCATION:Salle B 204
CATEGORIES:2IA IL
ORGANIZER;CN=Paul Martin:mailto:Paul.Martin@ecole.exemple.fr
{more}END:VEVENT
"""


def calendar(*more, event=EVENT):
    events = "".join(
        event.replace("abc-1", f"abc-{n}").format(more=one) for n, one in enumerate(more, 1)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//\n{events}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def csv(*lines):
    return io.BytesIO("\n".join(lines).encode())


def read(content):
    rows, mistakes = calendar_rows(content, PARIS)
    lines, wrong = class_lines(rows, WORDS)
    return lines, [(one.line, one.refusal.code) for one in (*mistakes, *wrong)]


def row(**values):
    said = {"course": "Réseaux", "day": STARTS.date(), "starts": "8h30", "ends": "10:30"}
    return TableRow(3, said | {"groups": "2IA"} | values)


def codes(*rows):
    _lines, mistakes = class_lines(rows, WORDS)
    return [one.refusal.code for one in mistakes]


def test_an_event_is_a_session_in_the_zone_of_the_school():
    [line], mistakes = read(calendar(""))
    assert mistakes == []
    assert (line.uid, line.groups, line.cancelled) == ("abc-1", (("2IA", "IL"),), False)
    assert line.said == {
        "course": "TD Ingénierie logicielle",
        "kind": ClassKind.TUTORIAL,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "place": "Salle B 204",
        "teacher_name": "Paul Martin",
        "teacher_email": "paul.martin@ecole.exemple.fr",
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3\n", "calendar_event_repeats"),
    ],
)
def test_an_event_that_is_no_session_is_left_out(more, expected):
    lines, mistakes = read(calendar("", more))
    assert [line.uid for line in lines] == ["abc-1"]
    assert mistakes == [(2, expected)]


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ("DTEND:20250915T083000Z\n", "", "calendar_event_incomplete"),
        ("SUMMARY:TD Ingénierie logicielle\n", "", "calendar_event_incomplete"),
        ("DTSTART:20250915T063000Z", "DTSTART;VALUE=DATE:20250915", "calendar_event_incomplete"),
        ("DTEND:20250915T083000Z", "DTEND:20250916T083000Z", "class_ends_before"),
        ("DTEND:20250915T083000Z", "DTEND:20250915T053000Z", "class_ends_before"),
        ("DTEND:20250915T083000Z", "DTEND:20250915T200000Z", "class_too_long"),
        ("CATEGORIES:2IA IL\n", "", "class_without_group"),
        ("CATEGORIES:2IA IL", "CATEGORIES:Inconnu", "no_such_group"),
    ],
)
def test_an_event_that_cannot_be_read_says_why(was, becomes, expected):
    lines, mistakes = read(calendar("", event=EVENT.replace(was, becomes)))
    assert (lines, mistakes) == ((), [(1, expected)])


def test_what_a_calendar_cancels_is_cancelled():
    [line], _mistakes = read(calendar("STATUS:CANCELLED\n"))
    assert line.cancelled


def test_an_hour_without_a_zone_is_that_of_the_school():
    event = EVENT.replace("063000Z", "083000").replace(
        "DTEND:20250915T083000Z", "DTEND:20250915T103000"
    )
    [line], _mistakes = read(calendar("", event=event))
    assert line.said["starts_at"] == STARTS


def test_the_sessions_of_a_series_are_told_apart():
    event = EVENT.replace("abc-1", "same")
    lines, mistakes = read(
        calendar(
            "RECURRENCE-ID:20250915T063000Z\n", "RECURRENCE-ID:20250922T063000Z\n", event=event
        )
    )
    assert (len({line.uid for line in lines}), mistakes) == (2, [])


def test_the_same_session_twice_is_said():
    _lines, mistakes = read(calendar("", "", event=EVENT.replace("abc-1", "same")))
    assert mistakes == [(2, "class_on_another_line")]


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"BEGIN:VCALENDAR\xff"])
def test_what_is_no_calendar_is_refused(content):
    assert is_calendar(content)
    with pytest.raises(DomainError) as caught:
        calendar_rows(content, PARIS)
    assert caught.value.refusals[0].code == "calendar_unreadable"


def test_a_spreadsheet_is_no_calendar():
    assert not is_calendar(b"Cours;Jour\n")
    assert is_calendar(b"\xef\xbb\xbf\r\nbegin:vcalendar")


def test_a_csv_is_read_by_the_names_of_its_columns():
    file = csv(
        "Emploi du temps 2IA",
        "Date;Début;Fin;Matière;Type;Groupe;Salle;Enseignant;E-mail;Annulé",
        "15/09/2025;8h30;10h30;Réseaux;TP;2IA IL, ECOMAP;B 204;Paul Martin;P@ecole.exemple.fr;non",
        "15/09/2025;14:00;15:00;Projet;projet;Ingénierie logicielle;;;;oui",
    )
    table = read_table(file, 400, TIMETABLE_COLUMNS)
    lines, mistakes = class_lines(table.rows, WORDS)
    assert mistakes == ()
    first, second = lines
    assert first.groups == (("2IA", "IL"), ("ECOMAP", ""))
    assert (first.said["kind"], first.said["starts_at"]) == (ClassKind.TUTORIAL, STARTS)
    assert (second.groups, second.cancelled) == ((("2IA", "IL"),), True)
    assert second.said["kind"] is ClassKind.PROJECT
    assert first.uid.startswith("auto:")


def test_an_xlsx_is_read_with_its_hours():
    book = Workbook()
    book.active.append(["Cours", "Jour", "De", "À", "Option"])
    book.active.append(["Réseaux", datetime(2025, 9, 15), time(8, 30), time(10, 30), "IL"])
    out = io.BytesIO()
    book.save(out)
    [line] = class_lines(read_table(out, out.tell(), TIMETABLE_COLUMNS).rows, WORDS)[0]
    assert (line.said["starts_at"], line.said["ends_at"]) == (STARTS, ENDS)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"groups": "tous"}, []),
        ({"groups": "IASD + ECOMAP"}, []),
        ({"groups": "2IA XY"}, ["no_such_group"]),
        ({"groups": ""}, ["class_without_group"]),
        ({"starts": "25h"}, ["not_an_hour"]),
        ({"starts": "bientôt"}, ["not_an_hour"]),
        ({"starts": "8h75"}, ["not_an_hour"]),
        ({"kind": "pause"}, ["no_such_kind"]),
        ({"email": "paul"}, ["not_an_address"]),
        ({"course": "x" * 201}, ["name_too_long"]),
        (
            {"email": "paul", "groups": "XY", "starts": "x"},
            ["not_an_address", "no_such_group", "not_an_hour"],
        ),
    ],
)
def test_a_line_says_all_that_is_wrong_with_it(values, expected):
    assert codes(row(**values)) == expected


def test_everyone_is_all_departments():
    [line], _mistakes = class_lines([row(groups="Tous")], WORDS)
    assert line.groups == (("2IA", ""), ("ECOMAP", ""))


def test_lines_without_a_group_have_that_which_was_chosen():
    without = TableRow(4, {key: value for key, value in row().values.items() if key != "groups"})
    said, chosen = with_groups([row(), without], ["2IA IL", "ECOMAP"])
    assert (said.values["groups"], chosen.values["groups"]) == ("2IA", "2IA IL, ECOMAP")
    assert with_groups([without], []) == (without,)


def test_the_same_line_again_is_the_same_session():
    [once], [again] = (class_lines([row()], WORDS)[0] for _ in range(2))
    [moved] = class_lines([row(starts="9h")], WORDS)[0]
    assert once.uid == again.uid != moved.uid
    [own] = class_lines([row(uid="S-12")], WORDS)[0]
    assert own.uid == "S-12"
