"""The grid of a cohort and one student's steps: who sees whom, what is said, at what cost (R-PRO-5, R-PRO-6)."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from contratpro.models import StepRecord
from contratpro.states import StudentState
from contratpro.steps.services import declare_step, mark_step, override_mark
from tests.factories import accounts
from tests.factories import contratpro as contracts

AUGUST = datetime(2025, 8, 19, 10, 0, tzinfo=UTC)  # the day after the paperwork is due
GRID = "/admin/contrat-pro/ales-2025/steps/"
QUERIES = 10


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel(AUGUST, tick=False):
        yield


def text(response):
    said = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(said.replace("\N{NO-BREAK SPACE}", " ").split())


def page_of(student):
    return f"/admin/contrat-pro/students/{student.ref}/steps/"


def shown(response):
    return {row.student.ref for row in response.context["rows"]}


def _direction(year):
    return accounts.with_second_factor(accounts.direction(year.school))


def cohort_of(year, count):
    return [contracts.student(year, StudentState.INTENDS) for _ in range(count)]


def test_the_grid_costs_the_same_at_three_and_at_three_hundred(
    signed_in, office, year, django_assert_num_queries
):
    client = signed_in(office)
    for student in cohort_of(year, 3):
        declare_step(student=student, key="intention", actor=office, now=AUGUST)
    client.get(GRID)

    with django_assert_num_queries(QUERIES):
        few = client.get(GRID)
    cohort_of(year, 297)
    with django_assert_num_queries(QUERIES):
        plenty = client.get(GRID)

    assert (len(shown(few)), len(shown(plenty))) == (3, 50)
    assert "Page 1 sur 6" in text(plenty)


def test_the_grid_says_lateness_in_words(signed_in, office, year):
    late, marked = cohort_of(year, 2)
    for key in ("intention", "contact-sheet", "head-approval", "employment-contract"):
        mark_step(student=marked, key=key, points=1, actor=office, now=AUGUST)
    declare_step(student=late, key="intention", actor=office, now=AUGUST)

    page = signed_in(office).get(GRID)

    rows = {row.student.ref: row for row in page.context["rows"]}
    assert rows[late.ref].overdue == ("2", "3", "4", "4′", "5", "5′")
    assert (rows[late.ref].to_mark, rows[marked.ref].to_mark) == (1, 0)
    assert "en retard : 2, 3, 4, 4′, 5, 5′" in text(page)
    assert rows[marked.ref].overdue == ("4′", "5", "5′")
    assert [cell.points for cell in rows[marked.ref].cells[:2]] == ["1/1", "1/2"]
    assert page.context["lateness"].late == 2


FILTERS = [
    ("department=GCBD", {"builder"}),
    ("department=2IA&option=IASD", {"other option"}),
    ("phase=overdue", {"nothing", "builder", "other option", "declared"}),
    ("phase=done", {"declared"}),
    ("phase=done&step=contact-sheet", set()),
    ("phase=done&step=intention", {"declared"}),
    ("late=on&step=intention", {"nothing", "builder", "other option", "declared"}),
    ("late=on&step=report", set()),
    ("phase=overdue&who=company", {"nothing", "builder", "other option", "declared"}),
    ("phase=overdue&who=social_service", set()),
    ("step=intention&who=student", {"nothing", "builder", "other option"}),
    ("phase=never_happened&step=intention", set()),
    ("phase=nonsense&department=nowhere&step=dance&page=x", None),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_the_grid_is_narrowed(signed_in, office, year, query, expected):
    people = {
        "nothing": contracts.student(year, StudentState.INTENDS),
        "builder": contracts.student(year, StudentState.INTENDS, department="GCBD", option="BE"),
        "other option": contracts.student(year, StudentState.INTENDS, option="IASD"),
        "declared": contracts.student(year, StudentState.INTENDS),
    }
    declare_step(student=people["declared"], key="intention", actor=office, now=AUGUST)
    expected = set(people) if expected is None else expected

    page = signed_in(office).get(f"{GRID}?{query}")

    assert shown(page) == {people[name].ref for name in expected}


def test_who_withdrew_is_not_in_the_grid(signed_in, office, year):
    gone = contracts.student(year, StudentState.WITHDRAWN)
    there = contracts.student(year, StudentState.INTENDS)

    assert shown(signed_in(office).get(GRID)) == {there.ref}
    assert gone.ref not in signed_in(office).get(GRID).content.decode()


def test_an_empty_cohort_says_so(signed_in, office):
    assert "Aucun élève pour l’instant" in text(signed_in(office).get(GRID))


def test_each_sees_their_own_students(signed_in, year, student, tutor, office):
    elsewhere = contracts.student(year, StudentState.INTENDS, department="GCBD", option="BE")
    option = contracts.student(year, StudentState.INTENDS, option="IASD")
    everyone = {student.ref, elsewhere.ref, option.ref}
    seen = {
        "office": (office, everyone),
        "direction": (_direction(year), everyone),
        "head": (contracts.head(year), {student.ref, option.ref}),
        "option head": (contracts.head(year, option="IASD"), {option.ref}),
        "tutor": (tutor, {student.ref}),
    }

    for user, expected in seen.values():
        client = signed_in(user)
        page = client.get(GRID)
        assert shown(page) == expected
        assert page.context["lateness"].students == len(expected)
        found = {
            ref
            for ref in everyone
            if client.get(f"/admin/contrat-pro/students/{ref}/steps/").status_code == 200
        }
        assert found == expected


STRANGERS = {
    "the student": lambda _year, student: student.user,
    "another student": lambda year, _student: contracts.student(year).user,
    "clerk": lambda year, _student: accounts.with_second_factor(accounts.clerk(year.school)),
    "office elsewhere": lambda *_: accounts.with_second_factor(
        accounts.contract_service(accounts.other_school())
    ),
    "administrator": lambda *_: accounts.with_second_factor(accounts.administrator()),
}
ADDRESSES = (
    "contract_steps", "contract_steps_declare", "contract_steps_mark", "student_steps", "student_mark_give",
    "student_mark_lift", "student_step_declare", "student_step_mark", "student_step_return", "student_step_reopen",
)  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_the_same_as_where_nothing_is(signed_in, year, student, who, name):
    client = signed_in(STRANGERS[who](year, student))
    there = address(name, year.slug, student.ref)
    nowhere = address(name, "no-such-year", "no-such-ref")

    closed = 405 if name in {"contract_steps", "student_steps"} else 404
    assert client.get(there).status_code == client.get(nowhere).status_code == 404
    assert client.post(there).status_code == client.post(nowhere).status_code == closed


def address(name, slug, ref):
    if name.startswith("contract_steps"):
        return reverse(name, kwargs={"year_slug": slug}) + "?step=report"
    key = {"key": "report"} if "step_" in name else {}
    return reverse(name, kwargs={"ref": ref, **key})


ONLY_OFFICE = [
    name
    for name in ADDRESSES
    if name not in {"contract_steps", "student_steps", "student_step_declare"}
]


@pytest.mark.parametrize("name", ONLY_OFFICE)
@pytest.mark.parametrize("who", ["head", "tutor", "direction"])
def test_whoever_follows_a_student_acts_only_in_their_steps(
    signed_in, year, student, tutor, who, name
):
    user = {
        "head": lambda: contracts.head(year),
        "tutor": lambda: tutor,
        "direction": lambda: _direction(year),
    }[who]()
    client = signed_in(user)

    assert client.get(address(name, year.slug, student.ref)).status_code == 404
    assert client.post(address(name, year.slug, student.ref)).status_code == 404


def test_the_tutor_receives_the_report(signed_in, student, tutor):
    client = signed_in(tutor)
    declare = f"{page_of(student)}report/done/"

    assert declare in client.get(page_of(student)).content.decode()
    assert client.get(f"{page_of(student)}contact-sheet/done/").status_code == 404
    assert client.post(declare, {"done_on": "18/08/2025"}).status_code == 302
    assert StepRecord.objects.get(student=student, key="report").done_by == tutor


def test_the_office_acts_on_one_student(signed_in, student, office):
    client = signed_in(office)
    base = page_of(student)

    assert client.post(f"{base}report/done/", {"done_on": "19/08/2025"}).status_code == 302
    assert client.post(f"{base}report/points/", {"points": "2"}).status_code == 302
    assert client.post(f"{base}intention/done/", {"done_on": "18/08/2025"}).status_code == 302
    assert client.post(f"{base}intention/return/", {"reason": "illisible"}).status_code == 302
    assert client.post(f"{base}report/reopen/", {"reason": "erreur"}).status_code == 302
    to_incidents = client.get(f"{base}incident/done/")
    assert to_incidents["Location"] == f"/admin/contrat-pro/students/{student.ref}/incidents/"
    page = text(client.get(base))

    assert {row.key: row.state for row in StepRecord.objects.all()} == {
        "report": "to_do",
        "intention": "to_do",
    }
    assert "illisible" in page


def test_a_mark_is_given_and_taken_back(signed_in, student, office):
    client = signed_in(office)
    base = page_of(student)

    assert (
        client.post(f"{base}mark/give/", {"hundredths": "12,5", "reason": "absences"}).status_code
        == 302
    )
    given = text(client.get(base))
    assert client.post(f"{base}mark/lift/", {"reason": "erreur"}).status_code == 302

    assert "12,50 / 20" in given
    assert "absences" in given
    assert "12,50" not in text(client.get(base))


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("report/done/", {"done_on": ""}),
        ("report/done/", {"done_on": "20/08/2025"}),
        ("report/points/", {}),
        ("report/points/", {"points": "3"}),
        ("mark/give/", {"hundredths": "21", "reason": "x"}),
        ("mark/give/", {"hundredths": "10", "reason": ""}),
        ("report/return/", {"reason": "rien n’est déclaré"}),
        ("booklet-return/points/", {"points": "1"}),
    ],
)
def test_what_cannot_be_is_said_on_the_page(signed_in, student, office, path, typed):
    assert signed_in(office).post(f"{page_of(student)}{path}", typed).status_code == 422
    assert not StepRecord.objects.filter(student=student, key="report").exists()


@pytest.mark.parametrize("key", ["dance", "home-school-approval"])
def test_a_step_that_concerns_nobody_has_no_page(signed_in, student, office, key):
    assert signed_in(office).get(f"{page_of(student)}{key}/done/").status_code == 404


# One act for many.


def many(act, students, step="contact-sheet"):
    refs = "".join(f"&student={student.ref}" for student in students)
    return f"{GRID}{act}/?step={step}{refs}"


def test_one_act_says_to_how_many_then_does_it(signed_in, year, office):
    students = cohort_of(year, 3)
    declare_step(student=students[0], key="contact-sheet", actor=office, now=AUGUST)
    client = signed_in(office)

    asked = client.get(many("declare", students))
    answered = client.post(many("declare", students), {"done_on": "19/08/2025"})

    assert "Élèves pour qui elle sera enregistrée comme faite : 2" in text(asked)
    assert "Parmi eux, en retard si elle est faite aujourd’hui : 2" in text(asked)
    assert "Laissés tels quels : déjà faite, ou pas concernés : 1" in text(asked)
    assert (answered.status_code, answered["Location"]) == (302, GRID)
    assert StepRecord.objects.filter(key="contact-sheet", state="done").count() == 3


def test_the_same_points_for_many(signed_in, year, office):
    students = cohort_of(year, 3)
    client = signed_in(office)

    assert client.get(many("mark", students)).status_code == 200
    assert client.post(many("mark", students), {"points": "2"}).status_code == 302
    assert set(StepRecord.objects.values_list("state", "points")) == {("marked", 2)}


@pytest.mark.parametrize(
    ("act", "step", "says"),
    [
        ("declare", "report", "Aucun élève n’est coché"),
        ("mark", "report", "Aucun élève n’est coché"),
        ("mark", "booklet-return", "ne rapporte pas de points"),
    ],
)
def test_an_act_for_nobody_is_refused_in_words(signed_in, office, act, step, says):
    assert says in text(signed_in(office).get(many(act, [], step)))


def test_a_step_unknown_to_the_year_has_no_act(signed_in, year, office):
    assert signed_in(office).get(many("declare", cohort_of(year, 1), "dance")).status_code == 404


def test_the_student_page_says_what_the_mark_is_made_of(signed_in, year, student, office):
    mark_step(student=student, key="intention", points=1, actor=office, now=AUGUST)
    override_mark(student=student, hundredths=1450, reason="retards", actor=office, now=AUGUST)

    page = text(signed_in(office).get(page_of(student)))

    assert "14,50 / 20" in page
    assert "1 sur 1" in page
    assert "retards" in page
