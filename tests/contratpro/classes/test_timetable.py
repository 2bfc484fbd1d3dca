"""What importing a timetable would do, line by line: what was signed is kept (R-PRO-11)."""

from datetime import timedelta
from itertools import count

import pytest

from contratpro.classes.rules.timetable import (
    SAID,
    ClassFate,
    ClassLine,
    KnownClass,
    plan_timetable,
    timetable_seen,
)
from contratpro.states import ClassState
from tests.factories.classes import ENDS, GROUPS, STARTS, said

DAY = timedelta(days=1)
NUMBERS = count(1)


def line(uid="a", groups=GROUPS, *, cancelled=False, **changes):
    return ClassLine(
        line=next(NUMBERS), uid=uid, said=said(**changes), groups=groups, cancelled=cancelled
    )


def known(uid="a", state=ClassState.SCHEDULED, groups=GROUPS, **changes):
    return KnownClass(ref=f"ref-{uid}", uid=uid, state=state, said=said(**changes), groups=groups)


def fates(plan):
    return [one.fate for one in plan]


def test_the_columns_of_a_session():
    assert tuple(said()) == SAID


def test_a_session_that_nobody_knows_is_new():
    [planned] = plan_timetable([line()], [])
    assert (planned.fate, planned.ref) == (ClassFate.NEW, "")
    assert planned.said == said()


def test_one_that_is_cancelled_before_anybody_knew_it_is_nothing():
    assert plan_timetable([line(cancelled=True)], []) == ()


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"starts_at": STARTS + DAY, "ends_at": ENDS + DAY}, ["starts_at", "ends_at"]),
        ({"place": "Amphi A"}, ["place"]),
        ({"teacher_email": ""}, ["teacher_email"]),
    ],
)
def test_what_changes_is_told_as_it_was(changes, names):
    [planned] = plan_timetable([line(**changes)], [known()])
    assert (planned.fate, planned.ref) == (ClassFate.CHANGED, "ref-a")
    assert dict(planned.was) == {name: said()[name] for name in names}


def test_whom_it_calls_changes_too():
    [planned] = plan_timetable([line(groups=(("2IA", ""),))], [known()])
    assert (planned.fate, dict(planned.was)) == (ClassFate.CHANGED, {"groups": GROUPS})


@pytest.mark.parametrize("state", ClassState)
def test_the_same_session_again(state):
    expected = ClassFate.RESTORED if state is ClassState.CANCELLED else ClassFate.UNCHANGED
    assert fates(plan_timetable([line()], [known(state=state)])) == [expected]


@pytest.mark.parametrize(
    ("state", "moved", "cancelled"),
    [
        (ClassState.SCHEDULED, ClassFate.CHANGED, ClassFate.CANCELLED),
        (ClassState.OPEN, ClassFate.CHANGED, ClassFate.KEPT),
        (ClassState.COUNTERSIGNED, ClassFate.KEPT, ClassFate.KEPT),
        (ClassState.CANCELLED, ClassFate.RESTORED, ClassFate.UNCHANGED),
    ],
)
def test_moved_or_cancelled_it_keeps_what_was_signed(state, moved, cancelled):
    there = [known(state=state)]
    assert fates(plan_timetable([line(place="Amphi A")], there)) == [moved]
    assert fates(plan_timetable([line(cancelled=True)], there)) == [cancelled]


def gone(whole, state=ClassState.SCHEDULED, groups=GROUPS, days=1):
    """What becomes of a session that the timetable no longer has, of `days` after its first."""
    day = days * DAY
    lost = known("lost", state, groups, starts_at=STARTS + day, ends_at=ENDS + day)
    lines = [line("a"), line("z", starts_at=STARTS + 7 * DAY, ends_at=ENDS + 7 * DAY)]
    plan = plan_timetable(lines, [lost], whole)
    return [one.fate for one in plan if one.line == 0]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ((), []),
        (GROUPS, [ClassFate.CANCELLED]),
        ((("2IA", ""),), [ClassFate.CANCELLED]),
        ((("2IA", "IASD"),), []),
        ((("ECOMAP", ""),), []),
    ],
)
def test_what_is_no_longer_in_a_whole_timetable_is_cancelled(whole, expected):
    assert gone(whole) == expected


def test_a_session_of_two_groups_is_cancelled_by_the_timetable_of_both():
    both = (*GROUPS, ("ECOMAP", ""))
    assert gone(GROUPS, groups=both) == []
    assert gone(both, groups=both) == [ClassFate.CANCELLED]


@pytest.mark.parametrize("days", [-1, 8])
def test_before_its_first_session_and_after_its_last_it_says_nothing(days):
    assert gone(GROUPS, days=days) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ClassState.OPEN, [ClassFate.KEPT]),
        (ClassState.COUNTERSIGNED, [ClassFate.KEPT]),
        (ClassState.CANCELLED, []),
    ],
)
def test_what_was_signed_is_kept_though_the_timetable_no_longer_has_it(state, expected):
    assert gone(GROUPS, state) == expected


def test_an_empty_timetable_cancels_nothing():
    assert plan_timetable([], [known()], GROUPS) == ()


def test_what_was_typed_by_hand_is_let_be():
    assert plan_timetable([line()], [known(uid="")], GROUPS)[0].fate is ClassFate.NEW


def test_a_preview_is_known_by_what_it_would_do():
    plan = plan_timetable([line()], [])
    assert timetable_seen(plan) != timetable_seen(plan_timetable([line()], [known()]))
    assert timetable_seen(plan) == timetable_seen(plan_timetable([line()], []))
