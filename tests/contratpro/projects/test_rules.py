"""The mark of the company project is exact, and nothing is published before its three parts (R-PRO-7, R-PRO-12)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratpro.projects.rules import (
    ProjectMarks,
    ProjectShares,
    ProjectStanding,
    check_evaluation,
    evaluation_fields,
    is_closed,
    may_ask,
    may_deposit,
    may_evaluate,
    may_mark,
    may_pass_on,
    may_publish,
    may_reopen,
    may_write,
    project_mark,
)
from contratpro.states import CompanyProjectState, EvaluationState, StudentState
from contratpro.vocabulary import Half

SHARES = ProjectShares(conduct=20, company_tutor=40, school_tutor=40, decimals=2, half=Half.UP)
MARKS = st.integers(0, 2000)
TODAY = date(2025, 12, 10)


def marks(conduct, company, school):
    return ProjectMarks(conduct=conduct, company_tutor=company, school_tutor=school)


def standing(**said):
    usual = {
        "student": StudentState.FEASIBLE,
        "project": CompanyProjectState.GATHERING,
        "reports": 1,
        "evaluation": EvaluationState.SENT,
    }
    return ProjectStanding(**usual | said)


def codes(verdict):
    return [one.code for one in verdict.refusals]


@pytest.mark.parametrize(
    ("parts", "half", "decimals", "expected"),
    [
        ((2000, 2000, 2000), Half.UP, 2, 2000),
        ((0, 0, 0), Half.UP, 2, 0),
        ((1500, 1500, 1500), Half.UP, 2, 1500),
        ((1000, 1500, 1200), Half.UP, 2, 1280),  # 2 + 6 + 4.8
        ((1733, 1450, 1325), Half.UP, 2, 1457),  # 3.466 + 5.8 + 5.3 = 14.566
        ((1, 0, 0), Half.UP, 2, 0),  # 0.002
        ((3, 1, 0), Half.UP, 2, 1),  # 0.01
        ((1, 2, 0), Half.UP, 2, 1),  # 0.01
        ((0, 125, 0), Half.UP, 1, 50),
        ((1025, 1000, 1000), Half.UP, 1, 1010),  # 10.05
        ((1025, 1000, 1000), Half.EVEN, 1, 1000),
        ((1075, 1000, 1000), Half.EVEN, 1, 1020),  # 10.15
        ((1250, 1000, 1000), Half.UP, 0, 1100),  # 10.5
        ((1250, 1000, 1000), Half.EVEN, 0, 1000),
    ],
)
def test_the_mark_is_two_fifths_twice_and_one_fifth_rounded_once(parts, half, decimals, expected):
    """R-PRO-7."""
    shares = ProjectShares(
        conduct=20, company_tutor=40, school_tutor=40, decimals=decimals, half=half
    )
    assert project_mark(marks(*parts), shares) == expected


@pytest.mark.parametrize("lacking", [0, 1, 2])
def test_without_one_of_the_three_there_is_no_mark(lacking):
    parts = [1000, 1000, 1000]
    parts[lacking] = None
    assert project_mark(marks(*parts), SHARES) is None
    code = ["project_lacks_conduct", "project_lacks_company_mark", "project_lacks_tutor_mark"]
    assert codes(may_publish(standing(), marks(*parts))) == [code[lacking]]


@given(st.tuples(MARKS, MARKS, MARKS), st.integers(0, 2), st.integers(0, 2000))
def test_a_mark_lies_on_its_scale_and_never_falls_as_a_part_rises(parts, which, more):
    """R-PRO-7."""
    better = list(parts)
    better[which] = min(2000, better[which] + more)
    low, high = (project_mark(marks(*said), SHARES) for said in (parts, better))
    assert 0 <= low <= high <= 2000
    assert min(parts) <= low <= max(parts)


@pytest.mark.parametrize(
    ("closes", "today", "expected"),
    [
        (date(2025, 12, 31), date(2025, 12, 31), False),
        (date(2025, 12, 31), date(2026, 1, 1), True),
        (None, date(2026, 1, 1), False),  # the school has not confirmed the day
    ],
)
def test_the_conduct_is_final_once_its_day_is_over(closes, today, expected):
    assert is_closed(closes, today) is expected


PUBLISHED = {"project": CompanyProjectState.PUBLISHED}


@pytest.mark.parametrize(
    ("is_student", "is_of_school", "expected"),
    [
        (False, False, []),
        (False, True, ["evaluation_by_school"]),
        (True, False, ["evaluation_by_student"]),
    ],
)
def test_who_evaluates_is_of_the_company(is_student, is_of_school, expected):
    verdict = may_evaluate(is_student=is_student, is_of_school=is_of_school)
    assert [refusal.code for refusal in verdict.refusals] == expected


GONE = {"student": StudentState.WITHDRAWN}
CASES = [
    (may_deposit, (), {}, []),
    (may_deposit, (), {"is_passed_on": True}, ["project_report_is_passed_on"]),
    (may_deposit, (), PUBLISHED, ["project_report_is_passed_on"]),
    (may_deposit, (), GONE, ["project_of_no_student"]),
    (may_ask, (0,), {"evaluation": None}, []),
    (may_ask, (0,), {"evaluation": EvaluationState.ASKED}, []),
    (may_ask, (0,), {}, ["evaluation_is_sent"]),
    (may_ask, (10,), {"evaluation": EvaluationState.ASKED}, ["evaluation_too_many_links"]),
    (may_ask, (0,), GONE | {"evaluation": None}, ["project_of_no_student"]),
    (may_write, (), {"evaluation": EvaluationState.ASKED}, []),
    (may_write, (), {"evaluation": EvaluationState.REOPENED}, []),
    (may_write, (), {}, ["evaluation_is_sent"]),
    (may_write, (), GONE | {"evaluation": EvaluationState.ASKED}, ["project_of_no_student"]),
    (may_reopen, (), {}, []),
    (may_reopen, (), {"evaluation": EvaluationState.ASKED}, ["evaluation_is_not_sent"]),
    (may_reopen, (), PUBLISHED, ["project_mark_published"]),
    (may_mark, (1200, 20), {}, []),
    (may_mark, (2001, 20), {}, ["mark_off_scale"]),
    (may_mark, (-1, 20), {}, ["mark_off_scale"]),
    (may_mark, (1200, 20), {"reports": 0}, ["project_without_report"]),
    (may_mark, (1200, 20), PUBLISHED, ["project_mark_published"]),
    (may_pass_on, (TODAY, TODAY), {}, []),
    (may_pass_on, (date(2025, 12, 11), TODAY), {}, ["passed_on_later_than_today"]),
    (may_pass_on, (TODAY, TODAY), {"is_passed_on": True}, ["project_report_is_passed_on"]),
    (
        may_pass_on,
        (TODAY, TODAY),
        {"reports": 0, "evaluation": None},
        ["project_without_report", "evaluation_is_not_sent"],
    ),
    (may_publish, (marks(1, 2, 3),), {}, []),
    (may_publish, (marks(1, 2, 3),), PUBLISHED, ["project_mark_published"]),
]


@pytest.mark.parametrize(("may", "asked", "said", "expected"), CASES)
def test_what_is_taken_when(may, asked, said, expected):
    """R-PRO-12."""
    assert codes(may(standing(**said), *asked)) == expected


def test_another_version_that_is_asked_for_holds_the_mark_back():
    reopened = standing(evaluation=EvaluationState.REOPENED)
    assert codes(may_publish(reopened, marks(1, None, 3))) == [
        "project_lacks_company_mark",
        "evaluation_is_not_sent",
    ]


@pytest.mark.parametrize(
    ("said", "hundredths", "expected"),
    [
        ({}, 1500, []),
        ({}, 2001, ["mark_off_scale"]),
        ({"words": "  "}, 1500, ["evaluation_lacks"]),
        ({"criterion_method": "brilliant"}, 1500, ["evaluation_lacks"]),
    ],
)
def test_an_evaluation_answers_every_criterion(said, hundredths, expected):
    """R-PRO-12."""
    fields = evaluation_fields(["method"])
    content = {"criterion_method": "good", "mark": "15", "words": "Bien."} | said
    assert fields == ("criterion_method", "mark", "words")
    assert codes(check_evaluation(content, fields, {"good": 1}, hundredths, 20)) == expected
