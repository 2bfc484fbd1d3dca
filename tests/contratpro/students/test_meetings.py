"""Information meetings and who was there: without one, refused (R-PRO-4). Papers, the latest handed out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import ConditionFact, MeetingAttendance
from contratpro.states import FactState, StudentState
from contratpro.students.rules import (
    PresentLine,
    match_present,
    match_seen,
    seen_of_fact,
)
from contratpro.students.selectors import as_called, called_students, latest_papers
from contratpro.students.services.conditions import hold_condition
from contratpro.students.services.meetings import (
    import_attendance,
    plan_meeting,
    preview_attendance,
    tick_attendance,
)
from contratpro.students.services.papers import add_paper
from tests.factories import accounts, contratpro, files

pytestmark = pytest.mark.servers

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
HOURS = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=1), "place": "Amphi A"}


@pytest.fixture
def meeting(year, office):
    return plan_meeting(slug=year.slug, actor=office, now=NOW, departments=["2IA"], **HOURS)


@pytest.fixture
def tick(meeting, office):
    def do(*present, seen=()):
        refs = {"present": [one.ref for one in present], "seen": [one.ref for one in seen]}
        return tick_attendance(ref=meeting.ref, actor=office, now=NOW, **refs)

    return do


def held():
    facts = ConditionFact.objects.filter(key="meeting", state=FactState.HELD)
    return set(facts.values_list("student", flat=True))


def present(meeting):
    return set(meeting.attendances.values_list("student", flat=True))


def test_a_meeting_calls_its_departments(year, office, student, meeting):
    contratpro.student(year, department="GCBD", option="BE")
    contratpro.student(year, StudentState.WITHDRAWN)
    again = plan_meeting(slug=year.slug, actor=office, now=NOW, departments=["2IA"], **HOURS)
    assert again == meeting
    assert list(called_students(meeting)) == [student]
    whole = plan_meeting(slug=year.slug, actor=office, now=NOW, **{**HOURS, "place": "B"})
    assert called_students(whole).count() == 2


def test_a_tick_holds_the_condition(student, meeting, tick):
    """R-PRO-4."""
    assert [tick(student), tick(student)] == [1, 0]
    assert (present(meeting), held()) == ({student.pk}, {student.pk})
    assert tick(seen=[student]) == 1
    assert (present(meeting), held()) == (set(), set())
    assert list(
        JournalEntry.objects.filter(object_type="contract_condition")
        .order_by("pk")
        .values_list("verb", flat=True)
    ) == ["hold", "forget"]


def test_two_who_tick_at_the_same_door_write_over_nothing(year, student, meeting, tick):
    other = contratpro.student(year)
    tick(student)
    tick(other)
    assert present(meeting) == held() == {student.pk, other.pk}


def test_what_was_said_otherwise_than_by_a_tick_stays(year, office, student, meeting, tick):
    tick(student)
    fact = ConditionFact.objects.get()
    hold_condition(
        ref=student.ref,
        key="meeting",
        note="Vu en rendez-vous",
        seen=seen_of_fact(fact.state, fact.said_at),
        actor=office,
        now=NOW,
    )
    tick(seen=[student])
    assert (present(meeting), held()) == (set(), {student.pk})


def test_another_meeting_still_holds_it(year, office, student, meeting, tick):
    other = plan_meeting(slug=year.slug, actor=office, now=NOW, **{**HOURS, "place": "B"})
    tick(student)
    tick_attendance(ref=other.ref, present=[student.ref], seen=[], actor=office, now=NOW)
    tick(seen=[student])
    assert held() == {student.pk}
    assert MeetingAttendance.objects.get().meeting == other


def test_who_is_not_called_is_not_ticked(year, meeting, tick):
    elsewhere = contratpro.student(year, department="GCBD", option="BE")
    assert tick(elsewhere) == 0
    assert held() == set()


def line(number, email="", name=""):
    return PresentLine(line=number, email=email, name=name)


def test_a_sheet_names_students_by_address_or_name(year):
    """R-PRO-1."""
    le_guenedal = contratpro.student(year)
    named = {"birth_name": "Ben Slimane", "usual_name": "Petit", "first_names": "Aïcha"}
    first, second = (contratpro.student(year, **named) for _ in range(2))
    lines = [
        line(2, name="LE GUENEDAL maëlys"),
        line(3, email=first.email),
        line(4, name="Aïcha Petit"),
        line(5, name="Personne"),
    ]
    matched = match_present(lines, as_called([le_guenedal, first, second]))
    assert [(one.line, one.ref, [r.code for r in one.refusals]) for one in matched] == [
        (2, le_guenedal.ref, []),
        (3, first.ref, []),
        (4, "", ["present_is_several"]),
        (5, "", ["present_is_nobody"]),
    ]


def test_a_sheet_is_imported_as_it_was_shown(year, office, student, meeting):
    lines = [line(2, email=student.email), line(3, name="Personne")]
    seen = match_seen(preview_attendance(meeting, lines))
    one = {"ref": meeting.ref, "lines": lines, "actor": office, "now": NOW}
    assert [import_attendance(seen=seen, **one) for _ in range(2)] == [1, 0]
    assert held() == {student.pk}
    with pytest.raises(DomainError, match="cohort_changed_meanwhile"):
        import_attendance(seen="other", **one)


def paper(year, office, title="Fiche contact", dated=date(2025, 2, 1)):
    upload = SimpleUploadedFile("fiche.pdf", files.pdf(), "application/pdf")
    return add_paper(slug=year.slug, title=title, dated=dated, upload=upload, actor=office, now=NOW)


def test_the_latest_of_a_paper_is_handed_out(year, office):
    newest = paper(year, office)
    older = paper(year, office, "fiche contact", date(2024, 2, 1))
    other = paper(year, office, "CERFA 12434")
    assert set(latest_papers(year)) == {newest, other}
    assert older.replaced
    newer = paper(year, office, dated=date(2025, 3, 1))
    assert set(latest_papers(year)) == {newer, other}


def test_the_office_of_the_school_alone(year, student, meeting):
    one = {"actor": accounts.direction(year.school), "now": NOW}
    for act in (
        lambda: plan_meeting(slug=year.slug, **HOURS, **one),
        lambda: tick_attendance(ref=meeting.ref, present=[], seen=[], **one),
        lambda: import_attendance(ref=meeting.ref, lines=[], seen="", **one),
        lambda: add_paper(slug=year.slug, title="x", dated=date(2025, 2, 1), upload=None, **one),
    ):
        with pytest.raises(NotAllowedError):
            act()
