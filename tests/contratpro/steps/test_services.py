"""What each may do with a step, in which state, and what is on record of it (R-PRO-5, R-PRO-6)."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.journal import Actor
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import StepRecord
from contratpro.states import StepState, StudentState
from contratpro.steps.services import (
    declare_step,
    declare_steps,
    lift_override,
    mark_step,
    mark_steps,
    override_mark,
    reopen_step,
    report_incident,
    return_step,
)
from tests.factories import accounts
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers

JULY = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
IN_TIME, LATE = date(2025, 8, 18), date(2025, 8, 19)  # two weeks before the first of September
SEPTEMBER = datetime(2025, 9, 2, 10, 0, tzinfo=UTC)


def record(student, key):
    return StepRecord.objects.filter(student=student, key=key).first()


def entries(kind="contract_step"):
    found = JournalEntry.objects.filter(object_type=kind).order_by("pk")
    return [(row.verb, row.from_state, row.to_state) for row in found]


def refusal(act, **said):
    with pytest.raises(DomainError) as caught:
        act(**said)
    return [one.code for one in caught.value.refusals]


def test_a_student_declares_a_step_today_whatever_the_day_that_they_say(student):
    row = declare_step(
        student=student, key="contact-sheet", actor=student.user, now=SEPTEMBER, done_on=IN_TIME
    )

    assert (row.state, row.done_on, row.done_by) == ("done", date(2025, 9, 2), student.user)
    assert (row.late, row.out_of_order) == (True, True)
    assert entries() == [("declare", "to_do", "done")]


@pytest.mark.parametrize(("day", "late"), [(IN_TIME, False), (LATE, True)])
def test_the_office_says_on_which_day_it_was_done(student, office, day, late):
    row = declare_step(
        student=student, key="intention", actor=office, now=SEPTEMBER, done_on=day, note="e-mail"
    )

    assert (row.done_on, row.late, row.out_of_order, row.note) == (day, late, False, "e-mail")


def test_what_follows_a_step_that_is_to_do_is_out_of_order(student, office):
    declare_step(student=student, key="intention", actor=office, now=JULY)
    in_order = declare_step(student=student, key="contact-sheet", actor=office, now=JULY)
    too_early = declare_step(student=student, key="employment-contract", actor=office, now=JULY)

    assert (in_order.out_of_order, too_early.out_of_order) == (False, True)


def test_a_day_to_come_is_refused(student, office):
    assert refusal(
        declare_step, student=student, key="intention", actor=office, now=JULY, done_on=IN_TIME
    ) == ["step_done_later_than_today"]


def test_declaring_again_changes_nothing(student):
    first = declare_step(student=student, key="contact-sheet", actor=student.user, now=JULY)
    again = declare_step(student=student, key="contact-sheet", actor=student.user, now=SEPTEMBER)

    assert (again.pk, again.done_on, len(entries())) == (first.pk, first.done_on, 1)


def test_a_step_that_the_year_does_not_have_is_none(student, office):
    with pytest.raises(LookupError):
        declare_step(student=student, key="dance", actor=office, now=JULY)


ACTORS = {
    "student": {"intention", "contact-sheet", "report"},
    "head": {"head-approval"},
    "tutor": {"report", "company-mark", "sheet-update"},
    "office": {"intention", "head-approval", "report", "direction-signature"},
    "stranger": set(),
    "other student": set(),
    "head elsewhere": set(),
    "office elsewhere": set(),
    "direction": {"direction-signature"},
}
KEYS = sorted({key for keys in ACTORS.values() for key in keys})


@pytest.mark.parametrize(("who", "key"), list(product(ACTORS, KEYS)))
def test_a_step_is_declared_by_those_who_act_in_it_or_by_the_office(
    who, key, year, student, office, tutor
):
    people = {
        "student": lambda: student.user,
        "head": lambda: contracts.head(year, option="IL"),
        "tutor": lambda: tutor,
        "office": lambda: office,
        "stranger": accounts.UserFactory,
        "other student": lambda: contracts.student(year).user,
        "head elsewhere": lambda: contracts.head(year, "GCBD"),
        "office elsewhere": lambda: accounts.contract_service(accounts.other_school()),
        "direction": lambda: accounts.direction(year.school),
    }
    may = key in ACTORS[who] or who == "office"
    may = may or (who == "student" and key in {"head-approval", "company-mark", "sheet-update"})
    try:
        declare_step(student=student, key=key, actor=people[who](), now=JULY)
    except NotAllowedError:
        assert not may
    else:
        assert may


def test_who_is_no_longer_active_declares_nothing(student):
    student.user.is_active = False

    with pytest.raises(NotAllowedError):
        declare_step(student=student, key="contact-sheet", actor=student.user, now=JULY)


# The intention.


def test_the_intention_tells_the_office(year):
    student = contracts.student(year, StudentState.CONFIRMED)

    declare_step(student=student, key="intention", actor=student.user, now=JULY)

    student.refresh_from_db()
    assert (student.state, record(student, "intention").state) == ("intends", "done")
    assert entries("contract_student")[-1] == ("intend", "confirmed", "intends")


def test_whoever_was_refused_tells_it_again_and_the_first_day_stands(year, office):
    student = contracts.student(year, StudentState.CONFIRMED)
    declare_step(student=student, key="intention", actor=student.user, now=JULY)
    student = contracts.student(year, StudentState.REFUSED, reason="résidence")
    first = declare_step(student=student, key="intention", actor=student.user, now=JULY)
    second = declare_step(student=student, key="intention", actor=student.user, now=SEPTEMBER)

    student.refresh_from_db()
    assert (student.state, second.done_on) == ("intends", first.done_on)


INTENDING = {
    StudentState.LISTED: ["identity_not_confirmed"],
    StudentState.INVITED: ["identity_not_confirmed"],
    StudentState.CONFIRMED: [],
    StudentState.INTENDS: [],
    StudentState.FEASIBLE: [],
    StudentState.REFUSED: [],
    StudentState.WITHDRAWN: ["student_withdrawn"],
    StudentState.BROKEN: ["student_broken"],
}


@pytest.mark.parametrize("by_office", [False, True])
@pytest.mark.parametrize("state", StudentState)
def test_the_intention_depends_on_how_far_the_student_is(year, office, state, by_office):
    student = contracts.student(year, state, reason="résidence")
    said = {
        "student": student,
        "key": "intention",
        "actor": office if by_office else student.user,
        "now": JULY,
    }

    if INTENDING[state]:
        assert refusal(declare_step, **said) == INTENDING[state]
    else:
        assert declare_step(**said).state is StepState.DONE


@pytest.mark.parametrize("state", [StudentState.LISTED, StudentState.INVITED])
def test_the_office_puts_other_steps_on_record_before_a_student_confirmed(year, office, state):
    student = contracts.student(year, state)

    assert refusal(
        declare_step, student=student, key="contact-sheet", actor=student.user, now=JULY
    ) == ["identity_not_confirmed"]
    assert declare_step(student=student, key="contact-sheet", actor=office, now=JULY).late is False


# State × Action.


def declare(student, office):
    declare_step(student=student, key="report", actor=office, now=JULY)


def mark(student, office):
    mark_step(student=student, key="report", points=2, actor=office, now=JULY)


def give_back(student, office):
    return_step(student=student, key="report", reason="illisible", actor=office, now=JULY)


def reopen(student, office):
    reopen_step(student=student, key="report", reason="erreur", actor=office, now=JULY)


REACHED = {
    StepState.TO_DO: (),
    StepState.DONE: (declare,),
    StepState.MARKED: (mark,),
}
OUTCOMES = {
    (StepState.TO_DO, declare): StepState.DONE,
    (StepState.TO_DO, mark): StepState.MARKED,
    (StepState.TO_DO, give_back): "step_not_to_return",
    (StepState.TO_DO, reopen): "step_not_marked",
    (StepState.DONE, declare): StepState.DONE,
    (StepState.DONE, mark): StepState.MARKED,
    (StepState.DONE, give_back): StepState.TO_DO,
    (StepState.DONE, reopen): "step_not_marked",
    (StepState.MARKED, declare): StepState.MARKED,
    (StepState.MARKED, mark): StepState.MARKED,
    (StepState.MARKED, give_back): "step_not_to_return",
    (StepState.MARKED, reopen): StepState.TO_DO,
}


@pytest.mark.parametrize(("state", "act"), list(OUTCOMES))
def test_each_act_in_each_state(student, office, state, act):
    for before in REACHED[state]:
        before(student, office)
    outcome = OUTCOMES[state, act]

    if isinstance(outcome, StepState):
        act(student, office)
    else:
        assert refusal(act, student=student, office=office) == [outcome]

    kept = record(student, "report")
    reached = outcome if isinstance(outcome, StepState) else state
    assert (kept.state if kept else StepState.TO_DO) is reached


def test_a_returned_step_is_to_do_again_and_says_why(student, office):
    declare(student, office)
    give_back(student, office)

    row = record(student, "report")
    assert (row.done_on, row.done_by, row.late, row.out_of_order) == (None, None, False, False)
    assert row.note == "illisible"
    assert entries()[-1] == ("return", "done", "to_do")
    assert JournalEntry.objects.latest("pk").reason == "illisible"


@pytest.mark.parametrize("act", [mark, give_back, reopen])
@pytest.mark.parametrize("who", ["student", "tutor", "head"])
def test_only_the_office_marks_returns_and_reopens(year, student, office, tutor, act, who):
    declare(student, office)
    someone = {"student": student.user, "tutor": tutor, "head": contracts.head(year)}[who]

    with pytest.raises(NotAllowedError):
        act(student, someone)


# Marks.


@pytest.mark.parametrize(("key", "points"), [("intention", 2), ("intention", -1), ("report", 3)])
def test_points_are_on_the_scale_of_the_step(student, office, key, points):
    assert refusal(mark_step, student=student, key=key, points=points, actor=office, now=JULY) == [
        "points_off_scale"
    ]


def test_what_earns_nothing_is_not_marked(student, office):
    assert refusal(
        mark_step, student=student, key="booklet-return", points=1, actor=office, now=JULY
    ) == ["step_without_scale"]


@pytest.mark.parametrize("act", [declare_step, mark_step])
def test_a_step_of_a_double_degree_concerns_no_other(student, office, act):
    points = {"points": 1} if act is mark_step else {}

    assert refusal(
        act, student=student, key="home-school-approval", actor=office, now=JULY, **points
    ) == ["step_not_of_this_student"]


def test_marking_what_was_declared_keeps_its_day_and_its_words(student, office):
    declare_step(
        student=student, key="report", actor=office, now=SEPTEMBER, done_on=LATE, note="reçu"
    )
    first = mark_step(student=student, key="report", points=1, actor=office, now=SEPTEMBER)
    again = mark_step(
        student=student, key="report", points=2, actor=office, now=SEPTEMBER, note="revu"
    )

    assert (first.done_on, first.note) == (LATE, "reçu")
    assert (again.points, again.done_on, again.note) == (2, LATE, "revu")


@pytest.mark.parametrize("hundredths", [0, 1234, 2000])
def test_a_mark_is_given_in_place_of_the_sum_with_a_reason(student, office, hundredths):
    override_mark(student=student, hundredths=hundredths, reason="absences", actor=office, now=JULY)

    student.refresh_from_db()
    assert (student.override, student.override_reason) == (hundredths, "absences")
    assert entries("contract_student")[-1][0] == "override_mark"


@pytest.mark.parametrize("hundredths", [-1, 2001])
def test_a_mark_off_the_scale_is_none(student, office, hundredths):
    assert refusal(
        override_mark, student=student, hundredths=hundredths, reason="x", actor=office, now=JULY
    ) == ["mark_off_scale"]


def test_no_mark_is_given_without_a_reason(student, office):
    assert refusal(
        override_mark, student=student, hundredths=900, reason=" ", actor=office, now=JULY
    ) == ["override_without_reason"]


def test_a_mark_given_is_taken_back_once(student, office):
    override_mark(student=student, hundredths=900, reason="absences", actor=office, now=JULY)
    for _ in range(2):
        lift_override(student=student, reason="erreur", actor=office, now=JULY)

    student.refresh_from_db()
    assert (student.override, student.override_reason) == (None, "")
    assert [verb for verb, *_ in entries("contract_student")] == [
        "add",
        "override_mark",
        "lift_override",
    ]


@pytest.mark.parametrize("act", [override_mark, lift_override])
def test_the_student_gives_no_mark(student, act):
    said = {"hundredths": 2000} if act is override_mark else {}

    with pytest.raises(NotAllowedError):
        act(student=student, reason="x", actor=student.user, now=JULY, **said)


# Incidents.


def test_an_incident_is_reported_and_another_is_added_to_it(student, office):
    report_incident(student=student, key="incident", note="arrêt", actor=student.user, now=JULY)
    mark_step(student=student, key="incident", points=1, actor=office, now=JULY)
    report_incident(student=student, key="incident", note="chute", actor=office, now=SEPTEMBER)

    row = record(student, "incident")
    assert (row.state, row.done_on, row.note) == ("marked", date(2025, 7, 1), "arrêt\nchute")
    assert [verb for verb, *_ in entries()] == ["declare", "mark", "report_again"]


def test_words_that_do_not_fit_push_out_the_oldest(student, office):
    for letter in "ab":
        report_incident(student=student, key="incident", note=letter * 999, actor=office, now=JULY)

    assert record(student, "incident").note == "\n" + "b" * 999


def test_an_incident_is_not_declared_nor_a_step_reported(student, office):
    assert refusal(declare_step, student=student, key="incident", actor=office, now=JULY) == [
        "step_is_an_incident"
    ]
    assert refusal(
        report_incident, student=student, key="report", note="x", actor=office, now=JULY
    ) == ["step_is_no_incident"]


@pytest.mark.parametrize("act", [declare_step, mark_step, report_incident])
def test_nothing_is_recorded_of_who_withdrew(year, office, act):
    student = contracts.student(year, StudentState.WITHDRAWN)
    said = {
        declare_step: {"key": "report"},
        mark_step: {"key": "report", "points": 1},
        report_incident: {"key": "incident", "note": "x"},
    }[act]

    assert refusal(act, student=student, actor=office, now=JULY, **said) == ["student_withdrawn"]


# Many students in one act.


def many(year, count):
    return [contracts.student(year, StudentState.INTENDS).ref for _ in range(count)]


def statements(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def test_a_step_is_declared_for_those_for_whom_it_is_to_do(year, office):
    refs = many(year, 3)
    done = contracts.student(year, StudentState.INTENDS)
    declare_step(student=done, key="contact-sheet", actor=office, now=JULY)
    withdrawn = contracts.student(year, StudentState.WITHDRAWN)

    count = declare_steps(
        year=year,
        refs=[*refs, done.ref, withdrawn.ref, "no-such-one"],
        key="contact-sheet",
        actor=office,
        now=SEPTEMBER,
        done_on=LATE,
    )

    assert count == 3
    late = StepRecord.objects.filter(late=True, state=StepState.DONE, done_on=LATE)
    assert sorted(late.values_list("student__ref", flat=True)) == sorted(refs)


def test_the_intention_of_many_tells_the_office_of_those_who_confirmed(year, office):
    states = (StudentState.LISTED, StudentState.CONFIRMED, StudentState.INTENDS)
    students = [contracts.student(year, state) for state in states]

    count = declare_steps(
        year=year,
        refs=[row.ref for row in students],
        key="intention",
        actor=office,
        now=JULY,
    )

    for row in students:
        row.refresh_from_db()
    assert (count, [row.state for row in students]) == (2, ["listed", "intends", "intends"])


def test_marks_of_many_overwrite_and_keep_to_the_scale(year, office):
    refs = many(year, 3)
    first = year.students.get(ref=refs[0])
    mark_step(student=first, key="contact-sheet", points=1, actor=office, now=JULY)

    said = {"year": year, "refs": refs, "key": "contact-sheet", "actor": office, "now": JULY}
    assert (mark_steps(points=3, **said), mark_steps(points=2, **said)) == (0, 3)
    assert list(StepRecord.objects.values_list("state", "points")) == [("marked", 2)] * 3


@pytest.mark.parametrize("act", ["declare", "mark"])
def test_many_cost_no_more_statements_than_three(year, office, act):
    few, plenty = many(year, 3), many(year, 60)
    said = {"year": year, "key": "contact-sheet", "actor": office, "now": SEPTEMBER}

    def do(refs):
        if act == "declare":
            declare_steps(refs=refs, **said)
        else:
            mark_steps(refs=refs, points=2, **said)

    do([])  # what is read once is read
    assert statements(lambda: do(few)) == statements(lambda: do(plenty))


def test_students_of_another_year_are_left_alone(year, office):
    elsewhere = contracts.student(contracts.other_year())

    assert declare_steps(year=year, refs=[elsewhere.ref], key="report", actor=office, now=JULY) == 0


@pytest.mark.parametrize("who", ["head", "student", "office elsewhere"])
def test_only_the_office_acts_for_many(year, student, who):
    someone = {
        "head": lambda: contracts.head(year),
        "student": lambda: student.user,
        "office elsewhere": lambda: accounts.contract_service(accounts.other_school()),
    }[who]()

    with pytest.raises(NotAllowedError):
        declare_steps(year=year, refs=[student.ref], key="report", actor=someone, now=JULY)
    with pytest.raises(NotAllowedError):
        mark_steps(year=year, refs=[student.ref], key="report", points=2, actor=someone, now=JULY)


@pytest.mark.parametrize(
    ("key", "may"),
    [("contact-sheet", True), ("home-school-approval", True), ("head-approval", False)],
)
def test_a_step_is_declared_through_a_link_by_those_outside_the_school_alone(year, key, may):
    student = contracts.student(year, StudentState.FEASIBLE, double_degree=True)
    link = Actor("link", "7")
    said = {"student": student, "key": key, "actor": link, "now": JULY}
    if not may:
        with pytest.raises(NotAllowedError):
            declare_step(**said)
        return
    record = declare_step(**said)
    entry = JournalEntry.objects.get(object_type="contract_step")
    assert (record.state, record.done_by) == ("done", None)
    assert (entry.actor_kind, entry.actor_ref) == ("link", "7")
