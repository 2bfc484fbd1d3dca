"""When a session is opened, signed, called and countersigned; which code is taken; who is late (R-PRO-11)."""

from datetime import date, timedelta

import pytest

from contratpro.classes.rules.booklets import may_hand_in
from contratpro.classes.rules.codes import CodeFate, code_at, judge_code, seconds_left
from contratpro.classes.rules.signing import (
    ClassFacts,
    Found,
    found_at,
    may_call,
    may_countersign,
    may_excuse,
    may_find,
    may_give_document,
    may_open,
    may_send_link,
    may_sign,
    may_type_paper,
    refused_code,
    roll_seen,
)
from contratpro.states import ClassState, PresenceState, StudentState
from tests.factories.classes import ENDS, SIGNED, STARTS

SECRET = b"secret"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SCHEDULED, OPEN = ClassState.SCHEDULED, ClassState.OPEN
BOUND = {StudentState.INTENDS, StudentState.FEASIBLE}


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


def session(state=OPEN, **changes):
    return ClassFacts(**{"state": state, "starts_at": STARTS, "ends_at": ENDS} | changes)


@pytest.mark.parametrize(
    ("seconds", "fate"),
    [
        (0, CodeFate.GOOD),
        (59, CodeFate.GOOD),
        (119, CodeFate.GOOD),
        (120, CodeFate.OVER),
        (3600, CodeFate.OVER),
        (3660, CodeFate.WRONG),
        (-60, CodeFate.WRONG),
    ],
)
def test_a_code_lasts_its_minute_and_the_one_after(seconds, fate):
    shown = code_at(SECRET, STARTS)
    assert judge_code(SECRET, shown, STARTS + timedelta(seconds=seconds)) is fate


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "1234567"])
def test_what_is_no_code_is_wrong(typed):
    assert judge_code(SECRET, typed, STARTS) is CodeFate.WRONG


def test_a_code_is_typed_with_or_without_its_space():
    shown = code_at(SECRET, STARTS)
    assert judge_code(SECRET, f" {shown[:3]} {shown[3:]}", STARTS) is CodeFate.GOOD
    assert len(shown) == 6


def test_the_code_of_another_session_is_wrong():
    assert judge_code(SECRET, code_at(b"another", STARTS), STARTS) is CodeFate.WRONG


def test_the_next_code_is_near():
    assert [seconds_left(STARTS), seconds_left(STARTS + timedelta(seconds=59))] == [60, 1]


def test_a_code_that_is_not_taken_says_why():
    assert [codes(refused_code(fate)) for fate in CodeFate] == [
        [],
        ["class_code_over"],
        ["class_code_wrong"],
    ]


@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (SCHEDULED, STARTS - 31 * MINUTE, ["class_too_early_to_open"]),
        (SCHEDULED, STARTS - 30 * MINUTE, []),
        (SCHEDULED, ENDS + 24 * HOUR, []),
        (SCHEDULED, ENDS + 24 * HOUR + MINUTE, ["class_long_over"]),
        (OPEN, STARTS, ["class_is_open"]),
        (ClassState.COUNTERSIGNED, STARTS, ["class_is_countersigned"]),
        (ClassState.CANCELLED, STARTS, ["class_is_cancelled"]),
    ],
)
def test_a_session_is_opened_around_its_hour(state, at, expected):
    assert codes(may_open(session(state), at)) == expected


@pytest.mark.parametrize("state", ClassState)
def test_the_roll_is_called_while_it_is_open(state):
    expected = [] if state is OPEN else [f"class_is_{state}"]
    assert codes(may_call(session(state), STARTS)) == expected


@pytest.mark.parametrize(
    ("state", "minutes", "at", "expected"),
    [
        (OPEN, 120, STARTS, []),
        (OPEN, 1, ENDS, []),
        (OPEN, 121, ENDS, ["class_minutes_unlike_planned"]),
        (OPEN, 0, STARTS - MINUTE, ["class_not_begun", "class_minutes_unlike_planned"]),
        (SCHEDULED, 120, ENDS, ["class_is_scheduled"]),
        (OPEN, 120, ENDS + 25 * HOUR, ["class_long_over"]),
    ],
)
def test_it_is_countersigned_once_it_has_begun(state, minutes, at, expected):
    assert codes(may_countersign(session(state), minutes, at)) == expected


@pytest.mark.parametrize("state", ClassState)
def test_a_sheet_on_paper_is_typed_once(state):
    expected = [] if state in {SCHEDULED, OPEN} else [f"class_is_{state}"]
    assert codes(may_type_paper(session(state), 120, ENDS + 90 * 24 * HOUR)) == expected
    if not expected:
        assert codes(may_type_paper(session(state), 120, STARTS - MINUTE)) == ["class_not_begun"]


@pytest.mark.parametrize("student", StudentState)
@pytest.mark.parametrize("state", ClassState)
def test_a_student_with_a_project_signs_while_it_is_open(state, student):
    verdict = may_sign(session(state), student, is_called=True, tries=0, now=SIGNED)
    if student not in BOUND:
        assert codes(verdict) == ["class_of_others"]
    else:
        assert codes(verdict) == ([] if state is OPEN else [f"class_is_{state}"])


@pytest.mark.parametrize(
    ("is_called", "tries", "at", "expected"),
    [
        (True, 9, ENDS + 15 * MINUTE, []),
        (True, 0, ENDS + 16 * MINUTE, ["class_sign_over"]),
        (True, 10, SIGNED, ["class_too_many_tries"]),
        (False, 0, SIGNED, ["class_of_others"]),
    ],
)
def test_why_a_student_does_not_sign(is_called, tries, at, expected):
    verdict = may_sign(session(), StudentState.FEASIBLE, is_called=is_called, tries=tries, now=at)
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    ("opened", "signed", "late"),
    [
        (-5, 0, 0),
        (-5, 15, 0),
        (-5, 16, 16),
        (20, 35, 0),  # a session that is opened late makes nobody late
        (20, 36, 36),
        (-5, 134, 120),
    ],
)
def test_who_is_late_and_by_how_much(opened, signed, late):
    facts = session(opened_at=STARTS + opened * MINUTE)
    state = PresenceState.LATE if late else PresenceState.PRESENT
    assert found_at(facts, STARTS + signed * MINUTE) == Found(state, late)


@pytest.mark.parametrize(("late", "expected"), [(1, True), (119, True), (0, False), (120, False)])
def test_late_is_by_a_part_of_it(late, expected):
    assert bool(may_find(Found(PresenceState.LATE, late), session())) is expected
    assert may_find(Found(PresenceState.ABSENT), session())


@pytest.mark.parametrize("state", PresenceState)
def test_an_absence_alone_is_excused(state):
    expected = [] if state is PresenceState.ABSENT else [f"presence_is_{state}"]
    assert codes(may_excuse(state, has_document=True)) == expected


def test_an_excuse_has_its_document():
    verdict = may_excuse(PresenceState.ABSENT, has_document=False)
    assert codes(verdict) == ["excuse_without_document"]


@pytest.mark.parametrize("presence", [None, *PresenceState])
@pytest.mark.parametrize("state", ClassState)
def test_a_student_gives_a_document_for_a_countersigned_absence(state, presence):
    allowed = state is ClassState.COUNTERSIGNED and presence is PresenceState.ABSENT
    assert bool(may_give_document(state, presence)) is allowed


@pytest.mark.parametrize("state", ClassState)
def test_a_link_is_sent_while_there_is_something_to_do(state):
    expected = [] if state in {SCHEDULED, OPEN} else [f"class_is_{state}"]
    assert codes(may_send_link(session(state), STARTS, has_address=True)) == expected


def test_a_link_needs_an_address():
    assert codes(may_send_link(session(), STARTS, has_address=False)) == ["class_without_address"]


def test_a_roll_that_changes_is_seen():
    assert roll_seen({"a": "present"}) != roll_seen({"a": "late:5"})


@pytest.mark.parametrize("student", StudentState)
def test_a_booklet_is_handed_in_by_who_has_a_project(student):
    expected = [] if student in BOUND else ["booklet_of_no_project"]
    assert codes(may_hand_in(student, held=1, unsigned=0)) == expected


@pytest.mark.parametrize(
    ("held", "unsigned", "expected"),
    [(0, 0, ["booklet_is_empty"]), (3, 1, ["booklet_lacks_signatures"]), (3, 0, [])],
)
def test_a_booklet_is_handed_in_whole(held, unsigned, expected):
    assert codes(may_hand_in(StudentState.FEASIBLE, held=held, unsigned=unsigned)) == expected


def test_a_booklet_is_handed_in_after_the_last_class():
    to_come = (date(2025, 12, 1), date(2026, 1, 12))
    [refusal] = may_hand_in(StudentState.FEASIBLE, held=1, unsigned=1, to_come=to_come).refusals
    assert (refusal.code, refusal.params) == (
        "booklet_before_last_class",
        {"count": 2, "last": date(2026, 1, 12)},
    )
