"""Who has to act, and the mark of the conduct: tables of cases, exact to the hundredth (R-PRO-5, R-PRO-6)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratpro.states import StepState
from contratpro.steps.rules import (
    ConductScale,
    Counting,
    StepDone,
    StepPhase,
    StepRule,
    conduct_mark,
    heading_mark,
    is_late,
    is_out_of_order,
    mark_lines,
    rounded,
    standings,
)
from contratpro.vocabulary import Half, Party

CLOSES = date(2025, 12, 31)
SCALE = ConductScale(out_of=20, decimals=2, half=Half.UP, closes=CLOSES)
WHO = (Party.STUDENT,)
DUE = date(2025, 8, 18)
RULES = (
    StepRule(key="intention", who=WHO, due=DUE, top=1),
    StepRule(key="sheet", who=(Party.STUDENT, Party.COMPANY), after=("intention",), due=DUE, top=2),
    StepRule(key="abroad", who=WHO, after=("sheet",), due=DUE, top=1, double_degree=True),
    StepRule(key="contract", who=WHO, after=("sheet", "abroad"), due=DUE, top=1),
    StepRule(key="booklet", who=WHO, top=2),
    StepRule(key="incident", who=WHO, top=1, if_happened=True),
    StepRule(key="return", who=WHO, after=("booklet",), due=date(2026, 2, 27), top=1),
    StepRule(key="note", who=WHO, due=DUE),
)


def done(on: date = DUE, points: int | None = None) -> StepDone:
    state = StepState.DONE if points is None else StepState.MARKED
    return StepDone(state=state, done_on=on, points=points)


def stand(records, *, double_degree=False, today=DUE):
    return standings(RULES, records, double_degree=double_degree, today=today)


def lines(records, *, double_degree=False, today=DUE):
    return mark_lines(stand(records, double_degree=double_degree, today=today), SCALE, today=today)


AFTER = DUE + timedelta(days=1)
PHASES = [
    ("intention", {}, DUE, StepPhase.OPEN),
    ("intention", {}, AFTER, StepPhase.OVERDUE),
    ("intention", {"intention": done()}, AFTER, StepPhase.DONE),
    ("intention", {"intention": done(points=1)}, AFTER, StepPhase.MARKED),
    ("intention", {"intention": StepDone()}, DUE, StepPhase.OPEN),
    ("sheet", {}, DUE, StepPhase.LATER),
    ("sheet", {"intention": done()}, DUE, StepPhase.OPEN),
    ("abroad", {}, DUE, StepPhase.NOT_CONCERNED),
    ("contract", {"intention": done(), "sheet": done()}, DUE, StepPhase.OPEN),
    ("booklet", {}, CLOSES, StepPhase.OPEN),
    ("incident", {}, DUE, StepPhase.NEVER_HAPPENED),
    ("incident", {"incident": StepDone()}, DUE, StepPhase.OPEN),
    ("return", {}, DUE, StepPhase.LATER),
]


@pytest.mark.parametrize(("key", "records", "today", "phase"), PHASES)
def test_how_far_a_step_is(key, records, today, phase):
    """R-PRO-5"""
    [found] = [step for step in stand(records, today=today) if step.rule.key == key]
    assert found.phase is phase
    assert found.who == (found.rule.who if phase in {StepPhase.OPEN, StepPhase.OVERDUE} else ())


def test_nothing_is_overdue_for_whoever_told_no_intention():
    """R-PRO-5: nor for whoever was refused."""
    phases = {step.rule.key: step.phase for step in stand({}, today=None)}
    assert (phases["intention"], phases["sheet"]) == (StepPhase.OPEN, StepPhase.LATER)


def test_a_double_degree_waits_for_the_home_school():
    both = {"intention": done(), "sheet": done()}
    phases = {step.rule.key: step.phase for step in stand(both, double_degree=True)}
    assert (phases["abroad"], phases["contract"]) == (StepPhase.OPEN, StepPhase.LATER)


@pytest.mark.parametrize(
    ("key", "records", "late", "out_of_order"),
    [
        ("intention", {}, False, False),
        ("sheet", {}, False, True),
        ("sheet", {"intention": done()}, False, False),
        ("contract", {"intention": done(), "sheet": done()}, False, False),
    ],
)
def test_what_is_late_or_out_of_order_is_known(key, records, late, out_of_order):
    rule = next(rule for rule in RULES if rule.key == key)
    assert is_late(rule, DUE) is late
    assert is_late(rule, AFTER)
    assert is_out_of_order(rule, records, RULES, double_degree=False) is out_of_order


COUNTED = [  # what counts: 1 + 2 + 1 + 2 = 6 for most, 7 for a double degree or after an incident
    ({}, False, "0.00", "20.00"),
    ({"intention": done(points=1)}, False, "3.33", "20.00"),
    ({"intention": done(points=0)}, False, "0.00", "16.67"),
    ({"sheet": done(points=1)}, False, "3.33", "16.67"),
    ({"intention": done(points=1)}, True, "2.86", "20.00"),
    ({"incident": StepDone()}, False, "0.00", "20.00"),
    ({"incident": done(points=1)}, False, "2.86", "20.00"),
    ({"incident": done(CLOSES + timedelta(days=1), points=1)}, False, "0.00", "20.00"),
    ({"return": done(points=1)}, False, "0.00", "20.00"),
    ({"note": done()}, False, "0.00", "20.00"),
    ({"booklet": done(CLOSES + timedelta(days=1), points=2)}, False, "0.00", "13.33"),
]


@pytest.mark.parametrize(("records", "double_degree", "mark", "heading"), COUNTED)
def test_the_mark_of_the_conduct(records, double_degree, mark, heading):
    """R-PRO-6"""
    found = lines(records, double_degree=double_degree)
    assert str(conduct_mark(found, SCALE)) == mark
    assert str(heading_mark(found, SCALE)) == heading


def test_each_line_says_whether_it_counts():
    counting = {line.key: line.counting for line in lines({})}
    assert counting == {
        "intention": Counting.COUNTS,
        "sheet": Counting.COUNTS,
        "abroad": Counting.NOT_CONCERNED,
        "contract": Counting.COUNTS,
        "booklet": Counting.COUNTS,
        "incident": Counting.NEVER_HAPPENED,
        "return": Counting.AFTER_CLOSING,
        "note": Counting.NO_SCALE,
    }


def test_once_it_is_closed_nothing_more_is_earned():
    found = lines({"intention": done(points=1)}, today=CLOSES + timedelta(days=1))
    assert conduct_mark(found, SCALE) == heading_mark(found, SCALE) == Decimal("3.33")


def test_without_anything_that_counts_there_is_no_mark():
    assert conduct_mark([], SCALE) is None


@pytest.mark.parametrize(
    ("exact", "decimals", "half", "said"),
    [
        (Fraction(1, 3), 2, Half.UP, "0.33"),
        (Fraction(1, 8), 2, Half.UP, "0.13"),
        (Fraction(1, 8), 2, Half.EVEN, "0.12"),
        (Fraction(3, 8), 2, Half.EVEN, "0.38"),
        (Fraction(25, 2), 0, Half.UP, "13"),
        (Fraction(25, 2), 0, Half.EVEN, "12"),
        (Fraction(20), 2, Half.UP, "20.00"),
    ],
)
def test_a_half_is_decided_on_the_fraction(exact, decimals, half, said):
    assert str(rounded(exact, decimals, half)) == said


tops = {rule.key: rule.top for rule in RULES if rule.top}
marked = st.fixed_dictionaries(
    {},
    optional={key: st.integers(0, top) for key, top in tops.items()},
)


@given(marked, st.booleans())
def test_the_mark_stays_in_its_bounds_and_heeds_no_order(points, double_degree):
    """R-PRO-6"""
    records = {key: done(points=got) for key, got in points.items()}
    mark = conduct_mark(lines(records, double_degree=double_degree), SCALE)
    again = dict(reversed(records.items()))
    assert 0 <= mark <= 20
    assert mark == conduct_mark(lines(again, double_degree=double_degree), SCALE)
    assert mark <= heading_mark(lines(records, double_degree=double_degree), SCALE) <= 20


@given(marked, st.sampled_from([key for key in tops if key not in {"incident", "return"}]))
def test_the_mark_never_falls_when_a_step_that_counts_is_done(points, key):
    """R-PRO-6: an incident adds to the total, so it may."""
    records = {name: done(points=got) for name, got in points.items()}
    before = conduct_mark(lines(records, double_degree=True), SCALE)
    records[key] = done(points=tops[key])
    assert conduct_mark(lines(records, double_degree=True), SCALE) >= before
