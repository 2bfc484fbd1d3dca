"""The list of a year's students: planned from lines, imported, added one by one, changed (R-PRO-1)."""

from datetime import UTC, date, datetime

import pytest

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import StudentFile
from contratpro.states import StudentState
from contratpro.students.rules import (
    CohortWords,
    KnownStudent,
    LineFate,
    StudentLine,
    file_seen,
    plan_cohort,
    plan_seen,
)
from contratpro.students.selectors import said_of
from contratpro.students.services.cohort import (
    ImportedCohort,
    add_student,
    change_student,
    import_students,
    preview_cohort,
)
from tests.factories import accounts, contratpro

pytestmark = pytest.mark.servers

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
WORDS = CohortWords(
    departments={"2ia": "2IA", "informatique": "2IA", "gcbd": "GCBD"},
    options={"2IA": {"il": "IL", "genie logiciel": "IL"}, "GCBD": {}},
    today=date(2025, 3, 4),
)
LINA = {"birth_name": "Faure", "first_names": "Lina", "department": "2ia"}


def line(number=2, email="lina@exemple.fr", **said):
    return StudentLine(line=number, email=email, said={**LINA, **said})


def known(has_confirmed=False, email="lina@exemple.fr", **said):
    whole = {**LINA, "department": "2IA", "option": "", "double_degree": False, **said}
    return KnownStudent(ref="r1", email=email, has_confirmed=has_confirmed, said=whole)


def plan(*lines, known=()):
    return [
        (one.fate, dict(one.writes), [(r.code, dict(r.params)) for r in one.refusals])
        for one in plan_cohort(lines, known, WORDS)
    ]


def test_a_line_is_new_changed_or_unchanged():
    """R-PRO-1."""
    assert plan(line(option="Génie logiciel")) == [
        (LineFate.NEW, {**LINA, "department": "2IA", "option": "IL"}, [])
    ]
    assert plan(line(), known=[known()]) == [(LineFate.UNCHANGED, {}, [])]
    assert plan(line(department="GCBD"), known=[known(option="IL")]) == [
        (LineFate.CHANGED, {"department": "GCBD", "option": ""}, [])
    ]
    assert plan(line(home_school="KTH"), known=[known()]) == [
        (LineFate.CHANGED, {"home_school": "KTH", "double_degree": True}, [])
    ]


def test_who_has_confirmed_who_they_are_keeps_it():
    changed = line(birth_name="Autre", phone="+33612345678", option="IL")
    assert plan(changed, known=[known(has_confirmed=True)]) == [
        (LineFate.CHANGED, {"option": "IL"}, [])
    ]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"department": "Chimie"}, ("no_such_department", {"department": "Chimie"})),
        ({"option": "BE"}, ("no_such_option", {"option": "BE", "department": "2IA"})),
        ({"birth_name": ""}, ("student_lacks_birth_name", {})),
        ({"first_names": ""}, ("student_lacks_first_names", {})),
        ({"department": ""}, ("student_lacks_department", {})),
        (
            {"home_school": "KTH", "double_degree": False},
            ("home_school_of_double_degree", {}),
        ),
        (
            {"born_on": date(2025, 3, 4)},
            ("born_in_the_future", {"born_on": date(2025, 3, 4)}),
        ),
    ],
)
def test_a_wrong_line_says_why(said, refusal):
    [(fate, _, refusals)] = plan(line(**said))
    assert (fate, refusals) == (LineFate.WRONG, [refusal])


def test_the_same_student_twice_is_wrong_the_second_time():
    born = {"born_on": date(2003, 3, 8)}
    lines = [line(2, **born), line(3), line(4, "autre@exemple.fr", **born)]
    assert [(fate, refusals) for fate, _, refusals in plan(*lines)] == [
        (LineFate.NEW, []),
        (LineFate.WRONG, [("student_on_another_line", {"line": 2})]),
        (LineFate.WRONG, [("student_on_another_line", {"line": 2})]),
    ]
    assert plan(line(2, "autre@exemple.fr", **born), known=[known(**born)])[0][2] == [
        ("student_has_another_address", {"email": "lina@exemple.fr"})
    ]


@pytest.fixture
def import_lines(year, office):
    def do(*lines, seen=None, actor=office):
        shown = plan_seen(preview_cohort(year, lines, NOW)) if seen is None else seen
        return import_students(slug=year.slug, lines=lines, seen=shown, actor=actor, now=NOW)

    return do


def test_what_a_preview_showed_is_written_once(year, import_lines):
    """R-PRO-1."""
    lines = [line(2), line(3, "x@exemple.fr", department="Chimie"), line(4, "y@exemple.fr")]
    first, second = import_lines(*lines), import_lines(*lines)
    assert first == ImportedCohort(new=2, changed=0, unchanged=0, wrong=1)
    assert second == ImportedCohort(new=0, changed=0, unchanged=2, wrong=1)
    assert list(year.students.values_list("email", "state", "department", "sort_key")) == [
        ("lina@exemple.fr", StudentState.LISTED, "2IA", "faure lina"),
        ("y@exemple.fr", StudentState.LISTED, "2IA", "faure lina"),
    ]
    entries = JournalEntry.objects.filter(object_type="contract_student")
    assert list(entries.values_list("verb", "to_state")) == [("list_student", "listed")] * 2


def test_a_change_is_written_and_journalled_without_its_values(year, import_lines):
    import_lines(line())
    assert import_lines(line(phone="+33612345678")).changed == 1
    student = year.students.get()
    assert str(student.phone) == "+33612345678"
    entry = JournalEntry.objects.get(verb="change_student")
    assert entry.data == {"fields": ["phone"]}


def test_a_preview_that_is_no_longer_true_writes_nothing(year, office, import_lines):
    seen = plan_seen(preview_cohort(year, [line()], NOW))
    add_student(slug=year.slug, email="LINA@exemple.fr", said=LINA, actor=office, now=NOW)
    with pytest.raises(DomainError, match="cohort_changed_meanwhile"):
        import_lines(line(option="IL"), seen=seen)
    assert list(year.students.values_list("option", flat=True)) == [""]


def test_one_is_added_by_the_rules_of_a_line(year, office):
    said = {**LINA, "option": "", "born_on": None, "grant_holder": None}
    student = add_student(slug=year.slug, email="Lina@exemple.fr", said=said, actor=office, now=NOW)
    assert (student.email, student.state, student.search_text) == (
        "lina@exemple.fr",
        StudentState.LISTED,
        "lina faure",
    )
    for email, changes, code in (
        ("lina@Exemple.fr", {}, "student_is_there"),
        ("autre@exemple.fr", {"department": "X"}, "no_such_department"),
    ):
        with pytest.raises(DomainError, match=code):
            add_student(
                slug=year.slug, email=email, said={**said, **changes}, actor=office, now=NOW
            )
    assert StudentFile.objects.count() == 1


def test_a_file_is_changed_in_front_of_what_it_says(student, office):
    seen = file_seen(said_of(student))
    said = {**said_of(student), "department": "GCBD", "option": "BE"}
    for _ in range(2):
        with_seen = {"seen": seen, "actor": office, "now": NOW}
        changed = change_student(ref=student.ref, said=said, **with_seen)
        seen = file_seen(said_of(changed))
    assert (changed.department, changed.option) == ("GCBD", "BE")
    assert [entry.data for entry in JournalEntry.objects.filter(verb="change_student")] == [
        {"fields": ["department", "option"]}
    ]
    with pytest.raises(DomainError, match="moved_meanwhile"):
        change_student(ref=student.ref, said=said, seen="older", actor=office, now=NOW)
    with pytest.raises(DomainError, match="no_such_option"):
        change_student(
            ref=student.ref, said={**said, "option": "IL"}, seen=seen, actor=office, now=NOW
        )


def test_the_office_of_the_school_alone_changes_the_list(year, student, import_lines):
    for actor in (
        accounts.contract_service(accounts.other_school()),
        accounts.direction(year.school),
        contratpro.head(year),
        student.user,
    ):
        with pytest.raises(NotAllowedError):
            import_lines(line(), actor=actor)
        with pytest.raises(NotAllowedError):
            add_student(slug=year.slug, email="a@b.fr", said=LINA, actor=actor, now=NOW)
        with pytest.raises(NotAllowedError):
            change_student(ref=student.ref, said={}, seen="", actor=actor, now=NOW)
    assert year.students.count() == 1
