"""What is late, what is a breach, which day may be given up: tables of cases (R-PRO-14)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contratpro.incidents.rules import (
    AbsenceAsk,
    ContractSpan,
    is_told_late,
    last_hour_to_tell,
    may_be_absent,
    may_break,
    may_cancel,
    may_decide,
    may_report_again,
    may_report_incident,
    may_take_breach_back,
)
from contratpro.states import AbsenceState, StudentState
from contratpro.vocabulary import IncidentKind, PeriodKind

PARIS = ZoneInfo("Europe/Paris")
SPAN = ContractSpan(starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 30))
TODAY = date(2025, 10, 1)  # a Wednesday
MONDAY = date(2025, 10, 6)
LATER = date(2025, 11, 3)


def codes(verdict):
    return [refusal.code for refusal in verdict.refusals]


def is_working(day):
    return day.isoweekday() <= 5


def paris(*moment):
    return datetime(*moment, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "expected"),
    [
        (IncidentKind.SICK_LEAVE, TODAY, None, []),
        (IncidentKind.SICK_LEAVE, date(2025, 9, 29), date(2025, 10, 12), []),
        (IncidentKind.OTHER, TODAY, TODAY, []),
        (IncidentKind.ACCIDENT, date(2025, 10, 2), None, ["incident_later_than_today"]),
        (IncidentKind.SICK_LEAVE, TODAY, date(2025, 9, 30), ["incident_ends_before_it_starts"]),
        (IncidentKind.BREACH, TODAY, None, ["incident_is_a_breach"]),
        (IncidentKind.SICK_LEAVE, SPAN.starts_on, date(2026, 9, 6), []),
        (IncidentKind.OTHER, date(2025, 8, 31), None, ["incident_outside_contract"]),
        (IncidentKind.OTHER, date(2020, 11, 25), None, ["incident_outside_contract"]),
    ],
)
def test_what_is_reported(kind, starts_on, ends_on, expected):
    assert codes(may_report_incident(kind, starts_on, ends_on, TODAY, SPAN)) == expected


def test_an_incident_begins_within_the_contract():
    after = date(2026, 8, 31)
    verdict = may_report_incident(IncidentKind.OTHER, after, None, after, SPAN)
    [refusal] = verdict.refusals
    assert refusal.code == "incident_outside_contract"
    assert refusal.params == {"first": SPAN.starts_on, "last": SPAN.ends_on}
    assert may_report_incident(IncidentKind.OTHER, after, None, after, None)


@pytest.mark.parametrize(
    ("kind", "words", "known", "expected"),
    [
        (IncidentKind.SICK_LEAVE, "Grippe", [], []),
        (IncidentKind.SICK_LEAVE, "Grippe", ["Toux"], ["incident_is_known"]),
        (IncidentKind.ACCIDENT, "", [""], ["incident_is_known"]),
        (IncidentKind.OTHER, "Retard", ["Retard"], ["incident_is_known"]),
        (IncidentKind.OTHER, "Retard", ["Vol"], []),
    ],
)
def test_the_same_kind_and_days_are_one_incident(kind, words, known, expected):
    """Of other incidents, two may happen on one day."""
    assert codes(may_report_again(kind, words, known)) == expected


@pytest.mark.parametrize(
    ("kind", "told_at", "late"),
    [
        (IncidentKind.SICK_LEAVE, paris(2025, 10, 6, 8, 0), False),
        (IncidentKind.SICK_LEAVE, paris(2025, 10, 8, 0, 0), False),
        (IncidentKind.SICK_LEAVE, paris(2025, 10, 8, 0, 1), True),
        (IncidentKind.ACCIDENT, paris(2025, 10, 9, 8, 0), True),
        (IncidentKind.OTHER, paris(2025, 10, 9, 8, 0), False),
        (IncidentKind.BREACH, paris(2025, 12, 9, 8, 0), False),
    ],
)
def test_48_hours_count_from_the_beginning_of_the_leave(kind, told_at, late):
    assert is_told_late(kind, MONDAY, told_at, 48, PARIS) is late


def test_48_hours_are_48_when_the_clocks_change():
    """The night of 26 October 2025 has an hour more."""
    assert last_hour_to_tell(date(2025, 10, 25), 48, PARIS) == datetime(
        2025, 10, 26, 22, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("state", "contract", "on", "expected"),
    [
        (StudentState.FEASIBLE, SPAN, TODAY, []),
        (StudentState.FEASIBLE, SPAN, date(2025, 8, 20), []),
        (StudentState.FEASIBLE, SPAN, date(2025, 10, 2), ["breach_later_than_today"]),
        (StudentState.FEASIBLE, None, TODAY, ["breach_of_no_contract"]),
        (StudentState.INTENDS, SPAN, TODAY, ["breach_of_no_contract"]),
        (StudentState.WITHDRAWN, SPAN, TODAY, ["breach_of_no_contract"]),
        (StudentState.BROKEN, SPAN, TODAY, ["student_broken"]),
    ],
)
def test_which_contract_is_broken_when(state, contract, on, expected):
    assert codes(may_break(state, contract, on, TODAY)) == expected


def test_a_contract_that_ends_by_itself_is_not_broken():
    end = SPAN.ends_on
    assert codes(may_break(StudentState.FEASIBLE, SPAN, end, end)) == ["breach_after_the_end"]


def test_a_breach_alone_is_taken_back():
    assert may_take_breach_back(StudentState.BROKEN)
    assert codes(may_take_breach_back(StudentState.FEASIBLE)) == ["contract_not_broken"]


def ask(**changes):
    said = {
        "day": MONDAY,
        "made_up_on": LATER,
        "today": TODAY,
        "contract": SPAN,
        "day_kind": PeriodKind.SCHOOL,
        "made_up_kind": PeriodKind.COMPANY_PROJECT,
        "has_classes_then": False,
        "calendar_is_complete": True,
        "others": frozenset(),
    }
    return AbsenceAsk(**said | changes)


DAYS = [
    ({}, []),
    ({"day": TODAY}, []),
    ({"day": date(2025, 9, 30)}, ["absence_is_past"]),
    ({"day": date(2025, 10, 4)}, ["absence_not_at_school"]),  # a Saturday
    ({"day_kind": PeriodKind.EXAMINATIONS}, ["absence_in_examinations"]),
    ({"day_kind": PeriodKind.TESTS}, ["absence_in_examinations"]),
    ({"day_kind": PeriodKind.COMPANY_PROJECT}, ["absence_not_at_school"]),
    ({"day_kind": PeriodKind.PFE}, ["absence_not_at_school"]),
    ({"day_kind": PeriodKind.LEAVE}, ["absence_not_at_school"]),
    ({"day_kind": None}, ["absence_not_at_school"]),
    ({"day_kind": None, "calendar_is_complete": False}, []),
    ({"contract": None}, ["absence_without_contract"]),
    (
        {"contract": ContractSpan(starts_on=date(2025, 10, 20), ends_on=SPAN.ends_on)},
        ["absence_outside_contract"],
    ),
    ({"others": frozenset({MONDAY})}, ["absence_of_two_days"]),
    ({"others": frozenset({date(2025, 10, 7)})}, ["absence_of_two_days"]),
    ({"others": frozenset({date(2025, 10, 3)})}, ["absence_of_two_days"]),  # the Friday before
    ({"others": frozenset({date(2025, 10, 8)})}, []),
    ({"made_up_on": MONDAY}, ["absence_made_up_the_same_day"]),
    ({"made_up_on": date(2025, 9, 30)}, ["absence_made_up_in_the_past"]),
    ({"made_up_on": date(2026, 9, 1)}, ["absence_made_up_outside_contract"]),
    ({"made_up_on": date(2025, 11, 1)}, ["absence_made_up_at_school"]),  # a Saturday
    ({"made_up_kind": PeriodKind.SCHOOL}, ["absence_made_up_at_school"]),
    ({"made_up_kind": PeriodKind.EXAMINATIONS}, ["absence_made_up_at_school"]),
    ({"made_up_kind": PeriodKind.TESTS}, ["absence_made_up_at_school"]),
    ({"made_up_kind": PeriodKind.PFE}, []),
    ({"has_classes_then": True}, ["absence_made_up_in_classes"]),
    ({"made_up_kind": None, "has_classes_then": True}, ["absence_made_up_in_classes"]),
    (
        {"made_up_kind": PeriodKind.SCHOOL, "has_classes_then": True},
        ["absence_made_up_at_school"],
    ),
    ({"made_up_kind": PeriodKind.LEAVE}, []),
    ({"made_up_kind": None}, []),
]


@pytest.mark.parametrize(("changes", "expected"), DAYS)
def test_which_day_the_company_may_have(changes, expected):
    """One day, exceptional, refused in a period of examinations or tests, made up on a day that is named."""
    assert codes(may_be_absent(StudentState.FEASIBLE, ask(**changes), is_working)) == expected


@pytest.mark.parametrize("state", [one for one in StudentState if one is not StudentState.FEASIBLE])
def test_without_a_contract_that_runs_there_is_no_company(state):
    assert codes(may_be_absent(state, ask(), is_working)) == ["absence_without_contract"]


YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "day", "decided", "cancelled"),
    [
        (AbsenceState.ASKED, MONDAY, [], []),
        (AbsenceState.ASKED, YESTERDAY, ["absence_is_past"], ["absence_is_past"]),
        (AbsenceState.GRANTED, MONDAY, ["absence_is_granted"], []),
        (AbsenceState.GRANTED, YESTERDAY, ["absence_is_granted"], ["absence_is_past"]),
        (AbsenceState.REFUSED, MONDAY, ["absence_is_refused"], ["absence_is_refused"]),
        (AbsenceState.CANCELLED, MONDAY, ["absence_is_cancelled"], ["absence_is_cancelled"]),
    ],
)
def test_what_is_decided_and_cancelled(state, day, decided, cancelled):
    assert codes(may_decide(state, day, TODAY)) == decided
    assert codes(may_cancel(state, day, TODAY)) == cancelled
