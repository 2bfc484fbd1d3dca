"""Reminders go by themselves, each once, on working days, by days that the school confirmed (R-PRO-4, R-PRO-5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from common.models import Job
from contratpro.states import StudentState
from contratpro.steps.rules import StepPhase, StepRule, StepStanding
from contratpro.steps.services import declare_step
from contratpro.student.rules import is_reminded_of, reminded_today, reminder_day
from contratpro.student.services.own import take_risk
from contratpro.student.services.reminding import order_reminders, remind_students
from contratpro.vocabulary import Party
from contratpro.year.selectors import is_working_day
from notifications.models import Notification
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers

PAPERWORK = date(2025, 8, 18)  # two weeks before the first of September
YEAR = {"year": "ales-2025"}


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)


def keys():
    reminders = Notification.objects.filter(kind__endswith="_due").order_by("pk")
    return list(reminders.values_list("dedupe_key", flat=True))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 8, 14), True),
        (date(2025, 8, 15), False),  # the Assumption
        (date(2025, 8, 16), False),
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 14), False),  # Ascension
        (date(2025, 12, 26), True),  # a holiday in Alsace only
    ],
)
def test_public_holidays_are_no_working_days(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("due", "days", "expected"),
    [
        (date(2025, 8, 18), 7, date(2025, 8, 11)),
        (date(2025, 8, 22), 7, date(2025, 8, 14)),  # the 15th is a holiday
        (date(2025, 8, 24), 7, date(2025, 8, 14)),  # the 17th is a Sunday
        (date(2025, 12, 19), 7, date(2025, 12, 12)),
    ],
)
def test_a_reminder_goes_on_the_last_working_day_that_far_ahead(due, days, expected):
    assert reminder_day(due, days, is_working_day) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 12, 1), None),
        (date(2025, 12, 2), 90),
        (date(2026, 1, 29), 90),
        (date(2026, 1, 30), 30),
        (date(2026, 1, 31), None),  # a Saturday
        (date(2026, 2, 20), 30),
        (date(2026, 2, 23), 7),
        (date(2026, 3, 2), 7),
        (date(2026, 3, 3), None),
    ],
)
def test_of_several_reminders_the_latest_that_is_due_is_the_one(today, expected):
    assert reminded_today(date(2026, 3, 2), (90, 30, 7), today, is_working_day) == expected


@pytest.mark.parametrize("state", StudentState)
@pytest.mark.parametrize("key", ["intention", "contact-sheet"])
def test_those_are_reminded_who_mean_to_have_a_contract(state, key):
    step = StepStanding(
        rule=StepRule(key=key, who=(Party.STUDENT,)),
        done=None,
        phase=StepPhase.OPEN,
        who=(Party.STUDENT,),
    )
    before = {StudentState.INVITED, StudentState.CONFIRMED}
    after = {StudentState.INTENDS, StudentState.FEASIBLE}

    assert is_reminded_of(state, step) is (state in (before if key == "intention" else after))


@pytest.mark.parametrize("phase", [phase for phase in StepPhase if phase is not StepPhase.OPEN])
def test_nobody_is_reminded_of_what_does_not_wait(phase):
    rule = StepRule(key="report", who=(Party.STUDENT,))
    step = StepStanding(rule=rule, done=None, phase=phase, who=(Party.STUDENT,))

    assert not is_reminded_of(StudentState.FEASIBLE, step)


def test_what_others_do_is_not_the_students_to_be_reminded_of():
    rule = StepRule(key="signature", who=(Party.DIRECTION,))
    step = StepStanding(rule=rule, done=None, phase=StepPhase.OPEN, who=rule.who)

    assert not is_reminded_of(StudentState.FEASIBLE, step)


def test_a_step_that_waits_is_reminded_of_once(year, office):
    student = contracts.student(year, StudentState.FEASIBLE)
    declare_step(student=student, key="intention", actor=office, now=at(date(2025, 7, 1)))

    for day in range(8, 19):
        remind_students(YEAR, at(date(2025, 8, day)))

    assert keys() == [f"contratpro.step_due:{student.ref}:contact-sheet:2025-08-18"]
    mail = Notification.objects.get()
    assert (mail.to, mail.about) == (student.user.email, student.ref)


def test_a_step_that_opens_later_is_reminded_of_then(year, office):
    student = contracts.student(year, StudentState.FEASIBLE)
    for key in ("intention", "contact-sheet"):
        remind_students(YEAR, at(date(2025, 8, 11)))
        declare_step(student=student, key=key, actor=office, now=at(date(2025, 8, 11)))
    remind_students(YEAR, at(date(2025, 8, 12)))

    assert [key.split(":")[2] for key in keys()] == ["contact-sheet", "head-approval"]


@pytest.mark.parametrize(
    "state", [StudentState.LISTED, StudentState.REFUSED, StudentState.WITHDRAWN]
)
def test_whoever_has_no_contract_in_view_is_left_alone(year, state):
    contracts.student(year, state, reason="résidence")

    remind_students(YEAR, at(date(2025, 8, 11)))

    assert keys() == []


def test_who_has_no_account_yet_is_reminded_of_the_intention(year):
    student = contracts.student(year, StudentState.INVITED, user=None, email="lui@exemple.fr")

    remind_students(YEAR, at(date(2025, 8, 11)))

    assert keys() == [f"contratpro.step_due:{student.ref}:intention:2025-08-18"]
    assert Notification.objects.get().to == "lui@exemple.fr"


def test_nothing_is_reminded_of_by_a_day_that_is_assumed(db):
    year = contracts.ales_2025()
    student = contracts.student(year, StudentState.FEASIBLE)
    take_risk(
        student=student, key="sio", statement="x", actor=student.user, now=at(date(2025, 7, 1))
    )

    for days in range(0, 300, 7):
        order_reminders(at(date(2025, 6, 2) + timedelta(days=days)))
        remind_students(YEAR, at(date(2025, 6, 2) + timedelta(days=days)))

    # Christmas and the end of the semester are given; the first day and the final project are not.
    assert {key.split(":")[2] for key in keys()} == {"report", "company-mark", "sheet-update"}


def test_a_risk_is_reminded_of_until_its_last_day(year):
    student = contracts.student(year, StudentState.FEASIBLE)
    take_risk(
        student=student, key="sio", statement="x", actor=student.user, now=at(date(2025, 7, 1))
    )

    for days in range(150):
        remind_students(YEAR, at(date(2025, 11, 1) + timedelta(days=days)))

    risks = [key for key in keys() if key.startswith("contratpro.risk_due")]
    assert risks == [
        f"contratpro.risk_due:{student.ref}:sio:2026-03-02:{before}" for before in (90, 30, 7)
    ]


@pytest.mark.parametrize(
    ("moment", "ordered"),
    [
        (at(date(2025, 8, 11)), ["contratpro.remind:ales-2025:2025-08-11"]),
        (at(date(2025, 8, 11), hour=5), []),  # 7:30 in Paris
        (at(date(2025, 8, 16)), []),  # a Saturday
        (at(date(2025, 8, 8)), []),  # nothing is near
    ],
)
def test_a_day_orders_its_reminders_once(year, moment, ordered):
    for minutes in range(3):
        order_reminders(moment + timedelta(minutes=minutes))

    assert list(Job.objects.values_list("key", flat=True)) == ordered


def test_a_year_that_is_gone_reminds_nobody(db):
    remind_students({"year": "no-such-year"}, at(date(2025, 8, 11)))

    assert keys() == []


def test_reminders_cost_the_same_for_three_students_and_for_sixty(
    year, django_assert_max_num_queries
):
    for _ in range(60):
        contracts.student(year, StudentState.CONFIRMED)

    with django_assert_max_num_queries(8):
        remind_students(YEAR, at(date(2025, 8, 11)))

    assert len(keys()) == 60
