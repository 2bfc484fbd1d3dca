"""Hours attended and hours missed are those held, whatever happened (R-PRO-11)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratpro.classes.presentation.words import in_hours
from contratpro.classes.rules.hours import HeldClass, HoursSum, between, sum_of
from contratpro.states import PresenceState
from tests.properties import tries

S9_END = date(2025, 12, 31)
PRESENT, LATE, ABSENT, EXCUSED = PresenceState


def held(state=PRESENT, late=0, minutes=120, day=date(2025, 9, 15)):
    return HeldClass(day=day, minutes=minutes, state=state, late=late)


held_classes = st.builds(
    HeldClass,
    day=st.dates(date(2025, 9, 1), date(2026, 8, 31)),
    minutes=st.integers(1, 720),
    state=st.sampled_from(PresenceState),
    late=st.integers(0, 800),
)


@pytest.mark.parametrize(
    ("one", "attended", "missed", "excused"),
    [
        (held(), 120, 0, 0),
        (held(LATE, 25), 95, 25, 0),
        (held(LATE, 130), 0, 120, 0),  # the session was shorter than planned
        (held(ABSENT), 0, 120, 0),
        (held(EXCUSED), 0, 120, 120),
    ],
)
def test_the_hours_of_a_session(one, attended, missed, excused):
    assert (one.attended, one.missed, one.excused) == (attended, missed, excused)


@tries(200)
@given(st.lists(held_classes, max_size=40))
def test_attended_and_missed_are_what_was_held(classes):
    hours = sum_of(classes)
    assert hours.attended + hours.missed == hours.held
    assert 0 <= hours.excused <= hours.missed
    assert min(hours.attended, hours.missed) >= 0


@tries(200)
@given(st.lists(held_classes, max_size=40))
def test_the_two_semesters_add_up_to_the_year(classes):
    """Hours belong to the day of their session: what is of one semester is not of the other."""
    parts = [
        sum_of(between(classes, None, S9_END)),
        sum_of(between(classes, S9_END + timedelta(days=1), None)),
    ]
    whole = sum_of(classes)
    assert sum(part.held for part in parts) == whole.held
    assert sum(part.attended for part in parts) == whole.attended
    assert sum(part.missed for part in parts) == whole.missed


def test_nothing_held_is_nothing_missed():
    assert sum_of([]) == HoursSum()


def test_the_last_day_of_a_semester_is_its_own():
    days = [held(day=S9_END), held(day=date(2026, 1, 1))]
    assert between(days, None, S9_END) == (days[0],)
    assert between(days, date(2026, 1, 1), None) == (days[1],)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0\xa0h"), (120, "2\xa0h"), (95, "1\xa0h\xa035"), (16205, "270\xa0h\xa005")],
)
def test_hours_in_words(minutes, words):
    assert in_hours(minutes) == words
