"""Ten words of a title, the last working day of a training, fifteen days of a report (R-PRO-8, R-PRO-13)."""

from datetime import date

import pytest

from contratpro.pfe.rules import (
    FIELDS,
    DefenceGround,
    last_working_day,
    may_mark,
    may_plan,
    may_reopen,
    may_send,
    may_set_report_due,
    may_write,
    shared_by,
    title_words,
)
from contratpro.states import DefenceState, PfeSheetState, StudentState
from contratpro.year.selectors import is_working_day

WHOLE = dict.fromkeys(FIELDS, "Un texte.")
GROUND = DefenceGround(student=StudentState.FEASIBLE, last_day=date(2026, 8, 28), report_days=15)
BY_DAY = date(2026, 8, 27)


def codes(verdict):
    return [one.code for one in verdict.refusals]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", 0),
        ("   ", 0),
        ("Prévision", 1),
        ("Prévision de la demande d’eau d’une ville moyenne", 8),
        ("L’eau d'une ville", 3),
        ("Éco-conception d’un sous-ensemble", 3),
        ("Un outil : son usage", 4),
        ("Un outil – son usage ?", 4),
        ("« Un outil »", 2),
        ("a b c d e f g h i j", 10),
        ("a b c d e f g h i j k", 11),
        ("Réseau\tIP\u00a04\nGénéral", 4),
        ("C++ & C#", 2),
    ],
)
def test_words_of_a_title_are_split_on_spaces(title, words):
    """R-PRO-8."""
    assert title_words(title) == words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"title": "un " * 10}, []),
        ({"title": "un " * 11}, ["pfe_title_too_long"]),
        ({"plan": " "}, ["pfe_sheet_lacks"]),
        ({"title": "un " * 11, "plan": ""}, ["pfe_sheet_lacks", "pfe_title_too_long"]),
    ],
)
def test_a_sheet_is_whole_with_a_title_of_ten_words(said, expected):
    """R-PRO-8."""
    assert codes(may_send(WHOLE | said, 10)) == expected


@pytest.mark.parametrize(
    ("state", "student", "expected"),
    [
        (PfeSheetState.DRAFT, StudentState.FEASIBLE, []),
        (PfeSheetState.RETURNED, StudentState.FEASIBLE, []),
        (PfeSheetState.APPROVED, StudentState.FEASIBLE, []),
        (PfeSheetState.SENT, StudentState.FEASIBLE, ["pfe_sheet_is_sent"]),
        (PfeSheetState.DRAFT, StudentState.WITHDRAWN, ["project_of_no_student"]),
    ],
)
def test_who_has_a_project_writes_until_it_is_sent(state, student, expected):
    assert codes(may_write(state, student)) == expected


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (date(2026, 8, 28), date(2026, 8, 28)),  # a Friday
        (date(2026, 8, 29), date(2026, 8, 28)),
        (date(2026, 8, 30), date(2026, 8, 28)),
        (date(2026, 7, 14), date(2026, 7, 13)),  # a public holiday, on a Tuesday
        (date(2026, 4, 6), date(2026, 4, 3)),  # Easter Monday
        (date(2026, 8, 16), date(2026, 8, 14)),  # 15 August is a Saturday
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_last_working_day_or_else_the_one_before(ends_on, expected):
    """R-PRO-13."""
    assert last_working_day(ends_on, is_working_day) == expected


@pytest.mark.parametrize(
    ("day", "due", "said", "expected"),
    [
        (date(2026, 8, 28), None, {}, []),
        (date(2026, 8, 29), None, {}, ["defence_after_training"]),
        (date(2026, 8, 27), date(2026, 8, 12), {}, []),
        (date(2026, 8, 27), date(2026, 8, 13), {}, ["defence_before_report"]),
        (date(2026, 8, 27), None, {"last_day": None}, ["defence_without_agreement"]),
        (None, None, {"last_day": None}, ["defence_without_agreement"]),
        (None, None, {}, []),
        (BY_DAY, None, {"student": StudentState.WITHDRAWN}, ["project_of_no_student"]),
    ],
)
def test_a_defence_is_planned_within_the_training_and_after_the_report(day, due, said, expected):
    """R-PRO-13."""
    known = {"student": GROUND.student, "last_day": GROUND.last_day, "report_days": 15} | said
    assert codes(may_plan(DefenceGround(**known), None, day, due)) == expected


@pytest.mark.parametrize(
    ("today", "due", "expected"),
    [
        (BY_DAY, None, []),
        (date(2026, 8, 28), None, ["pfe_day_is_past"]),
        (date(2026, 8, 28), date(2026, 8, 20), ["pfe_day_is_past"]),  # before the fifteen days
    ],
)
def test_a_defence_is_planned_on_a_day_to_come(today, due, expected):
    assert codes(may_plan(GROUND, None, BY_DAY, due, today)) == expected


def test_a_defence_that_is_marked_is_moved_no_more():
    assert codes(may_plan(GROUND, DefenceState.MARKED, BY_DAY, None)) == ["defence_is_marked"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 7, 31), ["pfe_day_is_past"]),
        (date(2026, 8, 1), []),
        (date(2026, 8, 12), []),  # fifteen calendar days before
        (date(2026, 8, 13), ["pfe_report_due_too_late"]),
        (BY_DAY, ["pfe_report_due_too_late"]),
    ],
)
def test_the_report_is_due_fifteen_calendar_days_before(due, expected):
    """R-PRO-13."""
    said = {"due": due, "defended_on": BY_DAY, "report_days": 15, "today": date(2026, 8, 1)}
    assert codes(may_set_report_due(DefenceState.PLANNED, **said)) == expected
    assert codes(may_set_report_due(DefenceState.MARKED, **said)) == ["defence_is_marked"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"hundredths": 2001}, ["mark_off_scale"]),
        ({"hundredths": None}, []),
        ({"title": ""}, ["defence_without_title"]),
        ({"today": date(2026, 8, 26)}, ["defence_not_held"]),
    ],
)
def test_a_defence_is_marked_once_it_is_held(said, expected):
    """R-PRO-13."""
    known = {
        "title": "Un titre",
        "hundredths": 1600,
        "out_of": 20,
        "defended_on": BY_DAY,
        "today": BY_DAY,
    }
    assert codes(may_mark(**known | said)) == expected


def test_only_what_is_marked_is_taken_out():
    assert codes(may_reopen(DefenceState.PLANNED)) == ["defence_is_not_marked"]
    assert codes(may_reopen(DefenceState.MARKED)) == []


def test_two_defences_share_a_room_or_jurors_however_they_are_written():
    jury = ["Anne Roux", "Marc Vidal"]
    assert shared_by("Salle A12", jury, "salle a12", ["Léa Petit"]) == ("Salle A12",)
    assert shared_by("Salle A12", jury, "B2", ["ANNE ROUX", "Marc Vidal"]) == tuple(jury)
    assert shared_by("Salle A12", jury, "B2", ["Léa Petit"]) == ()
