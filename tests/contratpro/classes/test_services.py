"""A session is opened, signed, countersigned; whatever is tried, nothing false is signed (R-PRO-11)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.jobs import run
from common.models import Job, JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.classes.rules.signing import RollLine
from contratpro.classes.rules.timetable import ClassLine, timetable_seen
from contratpro.classes.selectors import classes_to_come, held_of
from contratpro.classes.services.absences import correct_presence, excuse_absence, give_document
from contratpro.classes.services.booklets import (
    JOB,
    follow_booklets,
    hand_in_booklet,
    order_booklets,
)
from contratpro.classes.services.keeping import call_roll, countersign, enter_pin, open_class
from contratpro.classes.services.linking import order_links, send_day, send_link
from contratpro.classes.services.locking import ClassKeeper
from contratpro.classes.services.timetable import (
    cancel_class,
    change_class,
    import_timetable,
    preview_timetable,
    restore_class,
)
from contratpro.models import ClassPresence, ClassSession, StepRecord
from contratpro.states import PresenceState, StudentState
from contratpro.steps.selectors import rule_for
from notifications.models import Notification
from tests.factories import accounts, classes, files
from tests.factories import contratpro as contracts

pytestmark = pytest.mark.servers


@pytest.fixture
def session(year, student, office):
    return classes.planned(year, office)


@pytest.fixture
def keeper(session):
    return classes.kept_by(classes.teacher(), session)


@pytest.fixture
def other(year):
    """A student of another department."""
    return contracts.student(year, StudentState.FEASIBLE, department="ECOMAP", option="")


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def tried(session):
    """What the journal says was tried there."""
    entries = JournalEntry.objects.filter(object_ref=session.ref, verb__startswith="try_")
    return [(entry.verb, *entry.data.get("why", [])) for entry in entries.order_by("pk")]


def states():
    return dict(ClassPresence.objects.values_list("student__ref", "state"))


def test_a_session_goes_from_the_timetable_to_hours_that_count(session, student, keeper):
    """R-PRO-11: opened, signed with the code, countersigned."""
    classes.opened(session, keeper)
    presence = classes.signed(session, student)
    assert (presence.state, presence.how) == ("present", "code")
    assert held_of(student) == ()

    closed = classes.closed(session, keeper)

    assert (closed.state, closed.signatory) == ("countersigned", "Paul Martin")
    [held] = held_of(student)
    assert (held.attended, held.missed) == (120, 0)


def test_of_whom_nothing_is_said_they_were_absent(session, student, keeper, year):
    absent = contracts.student(year, StudentState.FEASIBLE)
    classes.opened(session, keeper)
    classes.signed(session, student)
    classes.closed(session, keeper)

    assert states() == {student.ref: "present", absent.ref: "absent"}


def test_the_same_code_twice_signs_once(session, student, keeper):
    classes.opened(session, keeper)
    first = classes.signed(session, student)
    again = classes.signed(session, student, at=classes.SIGNED + timedelta(seconds=30))
    assert (first.pk, again.signed_at) == (again.pk, classes.SIGNED)
    assert ClassPresence.objects.count() == 1


def test_who_comes_late_is_late_by_the_minutes_since_its_hour(session, student, keeper):
    classes.opened(session, keeper)
    presence = classes.signed(session, student, at=classes.STARTS + timedelta(minutes=25))
    assert (presence.state, presence.late_minutes) == ("late", 25)


def test_a_code_after_its_time_signs_nothing_and_the_journal_says_so(session, student, keeper):
    classes.opened(session, keeper)
    old = classes.code_of(session, classes.SIGNED)
    late = classes.SIGNED + timedelta(minutes=2)
    assert refusal(classes.signed, session, student, at=late, code=old) == ["class_code_over"]
    assert refusal(classes.signed, session, student, at=late, code="12 ab") == ["class_code_wrong"]
    assert tried(session) == [("try_code", "class_code_over"), ("try_code", "class_code_wrong")]
    assert not states()


def test_a_code_of_the_minute_before_is_still_taken(session, student, keeper):
    classes.opened(session, keeper)
    code = classes.code_of(session, classes.SIGNED)
    assert classes.signed(session, student, at=classes.SIGNED + timedelta(seconds=60), code=code)


def test_someone_of_another_class_signs_nothing(session, student, keeper, other):
    classes.opened(session, keeper)
    assert refusal(classes.signed, session, other) == ["class_of_others"]
    assert tried(session) == [("try_to_sign", "class_of_others")]


def test_nobody_signs_for_somebody_else(session, student, keeper, other):
    classes.opened(session, keeper)
    student.user = other.user
    with pytest.raises(NotAllowedError):
        classes.signed(session, student)


def test_nobody_guesses_the_code(session, student, keeper):
    classes.opened(session, keeper)
    for _ in range(10):
        assert refusal(classes.signed, session, student, code="1") == ["class_code_wrong"]
    assert refusal(classes.signed, session, student) == ["class_too_many_tries"]


@pytest.mark.parametrize(("minutes", "expected"), [(15, None), (16, ["class_sign_over"])])
def test_students_sign_until_a_quarter_of_an_hour_after_its_end(
    session, student, keeper, minutes, expected
):
    classes.opened(session, keeper)
    at = classes.ENDS + timedelta(minutes=minutes)
    if expected is None:
        assert classes.signed(session, student, at=at).state == PresenceState.LATE
        return
    assert refusal(classes.signed, session, student, at=at) == expected


def test_before_it_is_open_and_once_it_is_countersigned_nobody_signs(session, student, keeper):
    assert refusal(classes.signed, session, student) == ["class_is_scheduled"]
    classes.opened(session, keeper)
    code = classes.code_of(session)
    classes.closed(session, keeper)
    absent = states()
    assert refusal(classes.signed, session, student, code=code) == ["class_called_absent"]
    assert states() == absent


def test_only_its_teacher_keeps_it(session, student, office, year):
    for user in (student.user, office, contracts.head(year), classes.teacher("x@ecole.exemple.fr")):
        with pytest.raises(NotAllowedError):
            open_class(keeper=classes.kept_by(user, session), now=classes.OPENED)


def test_an_address_that_nobody_proved_teaches_nothing(session):
    user = accounts.UserFactory(email=classes.TEACHER)
    user.emailaddress_set.update(verified=False)
    with pytest.raises(NotAllowedError):
        open_class(keeper=classes.kept_by(user, session), now=classes.OPENED)


def test_a_link_alone_signs_nothing(session, office, student):
    """The address of a page that the room sees is no right: the code of the mail is asked besides."""
    linked = classes.linked(session, office)
    leaked = ClassKeeper(link_id=linked.link_id)
    for act in (
        lambda: open_class(keeper=leaked, now=classes.OPENED),
        lambda: call_roll(keeper=leaked, lines=[], now=classes.OPENED),
        lambda: countersign(keeper=leaked, minutes=120, seen="", now=classes.CLOSED),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert classes.opened(session, linked).state == "open"


def test_five_wrong_codes_close_the_link_and_the_journal_says_so(session, office):
    linked = classes.linked(session, office)
    said = {"link_id": linked.link_id, "now": classes.OPENED}
    enter_pin(pin=linked.pin, **said)
    for _ in range(4):
        assert refusal(enter_pin, pin="0", **said) == ["class_pin_wrong"]
    assert refusal(enter_pin, pin="0", **said) == ["class_pin_closed_link"]
    assert refusal(enter_pin, pin=linked.pin, **said) == ["link_revoked"]
    assert tried(session) == [("try_pin",)] * 5


def test_another_link_takes_the_place_of_the_one_before(session, office):
    former = classes.linked(session, office)
    latter = classes.linked(session, office, at=classes.OPENED + timedelta(minutes=1))
    assert refusal(open_class, keeper=former, now=classes.STARTS) == ["link_revoked"]
    assert classes.opened(session, latter, at=classes.STARTS)


def test_another_teacher_closes_the_link_of_the_former(session, office):
    former = classes.linked(session, office)
    said = classes.said(teacher_name="Luc Petit", teacher_email="luc@ecole.exemple.fr")
    change_class(
        ref=session.ref, said=said, groups=classes.GROUPS, actor=office, now=classes.OPENED
    )
    assert refusal(open_class, keeper=former, now=classes.STARTS) == ["link_revoked"]


def test_a_link_is_for_a_session_that_is_to_be_kept(session, office, year):
    send = {"actor": office, "now": classes.OPENED}
    nobody = classes.planned(year, office, teacher_email="")
    assert refusal(send_link, ref=nobody.ref, **send) == ["class_without_address"]
    cancel_class(ref=session.ref, reason="", **send)
    assert refusal(send_link, ref=session.ref, **send) == ["class_is_cancelled"]


def test_teachers_of_the_next_day_are_sent_their_link_once(session, office, year):
    evening = classes.STARTS.replace(day=14, hour=17)
    order_links(evening - timedelta(minutes=1))
    for _ in range(2):
        order_links(evening)
        send_day({"year": year.slug, "day": "2025-09-15"}, evening)
    [mail] = Notification.objects.filter(kind="contratpro.class_link")
    assert (mail.to, mail.refs["session"]) == (classes.TEACHER, session.ref)


def test_the_roll_is_called_name_by_name(session, student, keeper, year):
    late = contracts.student(year, StudentState.FEASIBLE)
    classes.opened(session, keeper)
    lines = [
        RollLine(ref=student.ref, found=classes.PRESENT),
        RollLine(ref=late.ref, found=classes.late(20)),
    ]
    done = call_roll(keeper=keeper, lines=lines, now=classes.SIGNED)
    assert (done.changed, done.let_be) == (2, 0)
    again = call_roll(keeper=keeper, lines=lines, now=classes.SIGNED)
    assert (again.changed, again.let_be) == (0, 0)
    assert states() == {student.ref: "present", late.ref: "late"}


def test_what_a_student_signed_meanwhile_is_not_called_over(session, student, keeper):
    classes.opened(session, keeper)
    classes.signed(session, student)
    lines = [RollLine(ref=student.ref, found=classes.ABSENT, was="")]
    done = call_roll(keeper=keeper, lines=lines, now=classes.CLOSED)
    assert (done.changed, done.let_be) == (0, 1)
    seen = [RollLine(ref=student.ref, found=classes.ABSENT, was="present")]
    assert call_roll(keeper=keeper, lines=seen, now=classes.CLOSED).changed == 1
    assert states() == {student.ref: "absent"}


def test_the_teacher_countersigns_the_roll_that_they_read(session, student, keeper):
    classes.opened(session, keeper)
    said = {"keeper": keeper, "minutes": 120, "now": classes.CLOSED}
    assert refusal(countersign, seen="another", **said) == ["class_roll_changed"]
    classes.closed(session, keeper)
    assert countersign(seen="another", **said).state == "countersigned"


@pytest.mark.parametrize(
    ("minutes", "at", "expected"),
    [
        (121, classes.CLOSED, ["class_minutes_unlike_planned"]),
        (0, classes.CLOSED, ["class_minutes_unlike_planned"]),
        (120, classes.OPENED, ["class_not_begun"]),
        (120, classes.ENDS + timedelta(hours=25), ["class_long_over"]),
    ],
)
def test_it_is_countersigned_for_what_was_held(session, student, keeper, minutes, at, expected):
    classes.opened(session, keeper)
    assert refusal(classes.closed, session, keeper, at=at, minutes=minutes) == expected


def test_paper_is_an_equal_path(session, student, office, year):
    """R-PRO-11: the scan is kept, the hours are typed once."""
    late = contracts.student(year, StudentState.FEASIBLE)
    found = {student: classes.PRESENT, late: classes.late(30)}
    closed = classes.on_paper(session, office, found, minutes=110)

    assert (closed.state, closed.signatory, closed.scan.purpose) == (
        "countersigned",
        "Paul Martin",
        "class_sheet",
    )
    [held] = held_of(late)
    assert (held.attended, held.missed) == (80, 30)
    assert refusal(classes.on_paper, session, office, found) == ["class_is_countersigned"]


def test_what_students_signed_themselves_is_not_typed_over(session, student, office, keeper):
    classes.opened(session, keeper)
    classes.signed(session, student)
    found = {student: classes.ABSENT}
    assert refusal(classes.on_paper, session, office, found) == ["class_signed_by_code"]


def test_a_session_moved_or_cancelled_keeps_what_was_signed(session, student, office, keeper):
    """R-PRO-11."""
    classes.opened(session, keeper)
    classes.signed(session, student)
    one = {"ref": session.ref, "actor": office, "now": classes.SIGNED}
    moved = classes.said(ends_at=classes.ENDS + timedelta(hours=1), place="Amphi A")
    change_class(said=moved, groups=classes.GROUPS, **one)
    cancel_class(reason="Panne de courant.", **one)
    assert states() == {student.ref: "present"}
    restore_class(**one)
    classes.opened(session, keeper, at=classes.CLOSED)
    classes.closed(session, keeper, at=classes.CLOSED, minutes=180)
    [held] = held_of(student)
    assert held.attended == 180


def test_a_cancelled_session_counts_for_nobody(session, student, office):
    cancel_class(ref=session.ref, reason="", actor=office, now=classes.CLOSED)
    assert held_of(student) == ()


def test_a_countersigned_session_stays_as_it_is(session, student, office, keeper):
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    one = {"ref": session.ref, "actor": office, "now": classes.CLOSED}
    said = classes.said(course="Autre chose")
    assert refusal(change_class, said=said, groups=classes.GROUPS, **one) == [
        "class_is_countersigned"
    ]
    assert refusal(cancel_class, reason="", **one) == ["class_is_countersigned"]


@pytest.fixture
def absent(session, student, keeper):
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    return session


def document():
    return files.upload(files.pdf(), "arret.pdf")


def test_an_absence_is_excused_by_its_document(absent, student, office):
    """R-PRO-11, R-PRO-14."""
    one = {"ref": absent.ref, "student_ref": student.ref, "now": classes.CLOSED}
    assert refusal(excuse_absence, actor=office, **one) == ["excuse_without_document"]
    give_document(upload=document(), actor=student.user, **one)
    give_document(upload=document(), actor=student.user, **one)
    excuse_absence(actor=office, **one)

    assert excuse_absence(actor=office, **one).state == "excused"
    [held] = held_of(student)
    assert (held.attended, held.missed, held.excused) == (0, 120, 120)


def test_a_student_gives_a_document_for_an_absence_alone(session, student, keeper, other):
    classes.opened(session, keeper)
    classes.signed(session, student)
    one = {"ref": session.ref, "student_ref": student.ref, "now": classes.CLOSED}
    assert refusal(give_document, upload=document(), actor=student.user, **one) == [
        "excuse_of_no_absence"
    ]
    with pytest.raises(NotAllowedError):
        give_document(upload=document(), actor=other.user, **one)


def test_the_office_puts_right_with_a_reason(absent, student, office):
    one = {"ref": absent.ref, "student_ref": student.ref, "actor": office, "now": classes.CLOSED}
    assert refusal(correct_presence, found=classes.PRESENT, reason=" ", **one) == [
        "presence_without_reason"
    ]
    correct_presence(found=classes.PRESENT, reason="Oubliée à l’appel.", **one)
    entry = JournalEntry.objects.get(verb="find_present")
    assert (entry.reason, entry.from_state, entry.to_state) == (
        "Oubliée à l’appel.",
        "absent",
        "present",
    )
    assert ClassPresence.objects.get().how == "office"


def test_the_booklet_is_handed_in_and_its_steps_follow(session, student, keeper):
    """R-PRO-11: one act, which step C and that of the booklet follow."""
    one = {"ref": student.ref, "actor": student.user, "now": classes.CLOSED + timedelta(days=1)}
    assert refusal(hand_in_booklet, **one) == ["booklet_is_empty"]
    classes.opened(session, keeper)
    classes.signed(session, student)
    classes.closed(session, keeper)
    hand_in_booklet(**one)
    hand_in_booklet(**one)

    done = StepRecord.objects.filter(student=student).values_list("key", "state")
    assert dict(done) == {"booklet": "done", "booklet-return": "done"}
    assert JournalEntry.objects.filter(verb="hand_in_booklet").count() == 1


def test_a_booklet_is_not_handed_in_before_the_last_class(year, session, student, keeper, office):
    """Of those before the day of handing in that the year names: the Friday before the final project."""
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    due = rule_for(student, "booklet-return").due
    days = [datetime.combine(due + timedelta(days=days), time(8), UTC) for days in (-1, 0)]
    for at in days:
        classes.planned(year, office, starts_at=at, ends_at=at + timedelta(hours=2))
    one = {"ref": student.ref, "actor": student.user}
    before = classes.CLOSED + timedelta(days=1)
    assert classes_to_come(student, before) == (days[0].date(),)
    assert refusal(hand_in_booklet, now=before, **one) == ["booklet_before_last_class"]
    cancel_class(ref=year.classes.get(starts_at=days[0]).ref, reason="", actor=office, now=before)
    assert hand_in_booklet(now=before, **one) == student


def test_a_booklet_with_a_hole_is_not_handed_in(year, session, student, keeper, office):
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    classes.planned(year, office)
    one = {"ref": student.ref, "actor": student.user, "now": classes.CLOSED + timedelta(days=1)}
    assert refusal(hand_in_booklet, **one) == ["booklet_lacks_signatures"]
    assert ClassSession.objects.filter(state="scheduled").count() == 1


@pytest.fixture
def closed_mark(year):
    """Whoever's booklet was signed throughout when the mark of the conduct closed, on 31 December."""

    def follow(day="2026-01-01", hour=6):
        now = datetime.fromisoformat(f"{day}T{hour:02}:00+01:00")
        order_booklets(now)
        for job in Job.objects.filter(kind=JOB, state="ready"):
            run(key=job.key, now=now)
        return set(
            StepRecord.objects.filter(key="booklet", state="done").values_list(
                "student__ref", flat=True
            )
        )

    return follow


def test_step_c_follows_by_itself_once_the_mark_closes(
    year, session, student, keeper, office, other, closed_mark
):
    """R-PRO-11: the booklet as it stands when the mark closes."""
    classes.opened(session, keeper)
    classes.signed(session, student)
    classes.closed(session, keeper)
    left = classes.planned(year, office, groups=(("2IA", "IASD"),))
    hole = contracts.student(year, StudentState.FEASIBLE, option="IASD")

    assert closed_mark("2025-12-31") == set()
    assert closed_mark() == {student.ref}
    cancel_class(ref=left.ref, reason="", actor=office, now=classes.CLOSED)
    found = {student: classes.PRESENT, hole: classes.PRESENT}
    both = classes.planned(year, office, groups=(("2IA", ""),))
    classes.on_paper(both, office, found)
    assert closed_mark("2026-01-14") == {student.ref, hole.ref}
    assert StepRecord.objects.get(student=hole, key="booklet").done_on == date(2025, 12, 31)


def test_booklets_are_looked_at_for_two_weeks(session, student, keeper, closed_mark):
    classes.opened(session, keeper)
    classes.closed(session, keeper)
    assert closed_mark("2026-01-15") == set()
    follow_booklets({"year": "gone", "department": "2IA", "day": "2025-12-31"}, classes.CLOSED)


def lines(count, **changes):
    """A timetable of so many sessions, a day after the other."""
    days = [timedelta(days=number) for number in range(count)]
    return [
        ClassLine(
            line=number,
            uid=f"S{number}",
            said=classes.said(
                starts_at=classes.STARTS + day, ends_at=classes.ENDS + day, **changes
            ),
            groups=classes.GROUPS,
        )
        for number, day in enumerate(days)
    ]


def imported(year, office, timetable, whole=()):
    seen = timetable_seen(preview_timetable(year, timetable, whole))
    with CaptureQueriesContext(connection) as captured:
        done = import_timetable(
            slug=year.slug,
            lines=timetable,
            whole=whole,
            seen=seen,
            actor=office,
            now=classes.OPENED - timedelta(days=1),
        )
    return done, len(captured)


def test_a_timetable_of_many_sessions_is_written_in_as_many_statements_as_one(year, office):
    imported(year, office, lines(1))
    _done, of_one = imported(year, office, lines(2))
    done, of_many = imported(year, office, lines(30))
    assert (done.new, done.unchanged, of_many - of_one) == (28, 2, 0)
    _done, of_two = imported(year, office, lines(2, place="Amphi A"))
    done, of_all = imported(year, office, lines(30, place="Amphi B"))
    assert (done.changed, of_all - of_two) == (30, 0)


def test_an_import_closes_the_links_of_what_it_cancels(year, office):
    imported(year, office, lines(3))
    session = ClassSession.objects.get(uid="S1")
    keeper = classes.linked(session, office, at=classes.OPENED - timedelta(days=1))
    left = [line for line in lines(3) if line.uid != "S1"]
    done, _count = imported(year, office, left, classes.GROUPS)
    assert (done.cancelled, done.unchanged) == (1, 2)
    assert refusal(open_class, keeper=keeper, now=classes.OPENED) == ["link_revoked"]


def test_whatever_is_not_as_the_preview_said_is_not_written(year, office):
    said = {"slug": year.slug, "lines": lines(1), "whole": (), "actor": office}
    assert refusal(import_timetable, seen="another", now=classes.OPENED, **said) == [
        "timetable_changed_meanwhile"
    ]
