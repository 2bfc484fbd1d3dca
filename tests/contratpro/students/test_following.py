"""Students are invited once, withdrawn, taken up again; heads and tutors are named by their account."""

from datetime import UTC, datetime

import pytest

from accounts.enums import Role
from accounts.selectors import works_as
from accounts.services import revoke_role
from common.models import JournalEntry
from common.refusals import DomainError, NotAllowedError
from contratpro.models import DepartmentHead
from contratpro.states import StudentState
from contratpro.students.permissions import can_agree, readable_students
from contratpro.students.services.following import (
    invite_students,
    name_head,
    name_tutor,
    remove_head,
    reopen_student,
    withdraw_student,
)
from notifications.models import Notification
from tests.factories import accounts, classes, contratpro

pytestmark = pytest.mark.servers

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


def test_many_are_invited_in_one_act_and_each_once(year, office):
    """R-PRO-1."""
    new = contratpro.student(year, StudentState.LISTED, user=None)
    contratpro.student(year, StudentState.LISTED, user=None)
    contratpro.student(year, StudentState.CONFIRMED)
    one = {"slug": year.slug, "actor": office, "now": NOW}
    assert invite_students(refs=[new.ref], **one) == 1
    assert invite_students(**one) == 1
    assert invite_students(**one) == 0
    states = year.students.filter(state=StudentState.INVITED)
    assert set(states.values_list("invited_at", flat=True)) == {NOW}
    mails = Notification.objects.filter(kind="contratpro.invitation")
    assert sorted(mails.values_list("to", flat=True)) == sorted(
        year.students.filter(state=StudentState.INVITED).values_list("email", flat=True)
    )


def test_a_file_is_withdrawn_and_taken_up_again(student, office):
    one = {"ref": student.ref, "actor": office, "now": NOW}
    for _ in range(2):
        withdrawn = withdraw_student(reason="Part à l’étranger.", **one)
    assert (withdrawn.state, withdrawn.reason) == (StudentState.WITHDRAWN, "Part à l’étranger.")
    with pytest.raises(DomainError, match="student_withdrawn"):
        name_tutor(email="", **one)
    for _ in range(2):
        reopened = reopen_student(**one)
    assert (reopened.state, reopened.reason) == (StudentState.CONFIRMED, "")
    verbs = JournalEntry.objects.filter(object_ref=student.ref).values_list("verb", flat=True)
    assert list(verbs.order_by("pk"))[-2:] == ["withdraw", "reopen"]


def test_a_head_is_let_in_and_let_go(year, student, office):
    user = accounts.UserFactory(email="tete@exemple.fr")
    one = {"slug": year.slug, "actor": office, "now": NOW}
    said = {"email": "Tete@exemple.fr ", "department": "2IA", "option": "IL"}
    heads = {name_head(**said, **one).pk for _ in range(2)}
    user.refresh_from_db()
    assert (user.is_staff, works_as(user), len(heads)) == (True, {"department_head"}, 1)
    assert can_agree(user, student)
    remove_head(head_id=heads.pop(), **one)
    user.refresh_from_db()
    assert (user.is_staff, works_as(user)) == (False, frozenset())
    assert not readable_students(user, year).exists()
    verbs = JournalEntry.objects.filter(object_type="department_head").values_list("verb", "scope")
    assert list(verbs.order_by("pk")) == [("name_head", year.slug), ("remove_head", year.slug)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"email": "nul@exemple.fr", "department": "2IA"}, "no_account_at_address"),
        ({"email": "tete@exemple.fr", "department": "X"}, "no_such_department"),
        ({"email": "tete@exemple.fr", "department": "2IA", "option": "BE"}, "no_such_option"),
    ],
)
def test_a_head_of_nothing_is_refused(year, office, said, code):
    accounts.UserFactory(email="tete@exemple.fr")
    with pytest.raises(DomainError, match=code):
        name_head(slug=year.slug, actor=office, now=NOW, **said)
    assert not DepartmentHead.objects.exists()


def test_a_tutor_reads_the_file_until_another_is_named(year, student, office):
    user = accounts.UserFactory(email="tuteur@exemple.fr")
    one = {"ref": student.ref, "actor": office, "now": NOW}
    name_tutor(email="tuteur@exemple.fr", **one)
    user.refresh_from_db()
    assert (user.is_staff, works_as(user)) == (True, {"school_tutor"})
    assert readable_students(user, year).get() == student
    name_tutor(email="", reason="Part en congé.", **one)
    user.refresh_from_db()
    assert (user.is_staff, works_as(user)) == (False, frozenset())


def tutor_mails():
    rows = Notification.objects.filter(kind__startswith="contratpro.tutor").order_by("pk")
    return [(row.kind.partition(".")[2], row.to) for row in rows]


def test_a_head_names_the_tutor_and_those_concerned_are_told_once(year, student, office):
    """R-PRO-12: at the start, without a reason; another one with a reason, which the journal keeps."""
    head = contratpro.head(year)
    first, second = accounts.UserFactory(), accounts.UserFactory()
    one = {"ref": student.ref, "actor": head, "now": NOW}
    for _ in range(2):
        name_tutor(email=first.email, **one)
    assert tutor_mails() == [
        ("tutor_named", student.user.email),
        ("tutor_work", first.email),
    ]
    with pytest.raises(DomainError, match="tutor_changed_without_reason"):
        name_tutor(email=second.email, reason="  ", **one)
    for _ in range(2):
        name_tutor(email=second.email, reason="Part à l’étranger.", **one | {"actor": office})
    assert tutor_mails()[2:] == [
        ("tutor_named", student.user.email),
        ("tutor_work", second.email),
        ("tutor_work", first.email),
    ]
    entry = JournalEntry.objects.filter(object_ref=student.ref, verb="name_tutor").latest("pk")
    assert (entry.reason, entry.data) == (
        "Part à l’étranger.",
        {"tutor": second.pk, "before": first.pk},
    )
    name_tutor(email=first.email, reason="De retour.", **one)
    assert len(tutor_mails()) == 8


def test_a_head_names_tutors_in_their_department_alone(year, student):
    user = accounts.UserFactory()
    one = {"ref": student.ref, "email": user.email, "now": NOW}
    for actor in (contratpro.head(year, "GCBD"), contratpro.head(year, option="SR"), user):
        with pytest.raises(NotAllowedError):
            name_tutor(actor=actor, **one)
    name_tutor(actor=contratpro.head(year, option="IL"), **one)
    with pytest.raises(NotAllowedError):
        name_tutor(actor=user, **one | {"email": ""})


def test_a_student_is_nobody_s_own_tutor(year, student):
    one = {"ref": student.ref, "actor": contratpro.head(year), "now": NOW}
    with pytest.raises(DomainError, match="tutor_is_student"):
        name_tutor(email=student.user.email, **one)


def test_whoever_comes_for_a_file_of_their_own_is_no_tutor(year, student, office):
    """R-PRO-12: neither a fellow student, nor who was sent a file, nor a candidate: they would read this one."""
    fellow = contratpro.student(year).user
    invited = accounts.UserFactory()
    contratpro.student(year, StudentState.INVITED, user=None, email=invited.email)
    candidate = accounts.candidate()
    for user in (fellow, invited, candidate):
        with pytest.raises(DomainError, match="tutor_is_no_colleague"):
            name_tutor(ref=student.ref, email=user.email, actor=contratpro.head(year), now=NOW)
        user.refresh_from_db()
        assert not user.is_staff
    assert not Notification.objects.exists()


def test_whoever_works_for_a_school_is_a_tutor_whatever_they_once_applied_for(
    year, student, office
):
    """R-PRO-12: a role, or a department that they head, says that they are a colleague."""
    teacher = classes.teacher()
    classes.planned(year, office)
    former = contratpro.student(year).user
    name_head(slug=year.slug, email=former.email, department="2IA", actor=office, now=NOW)
    for user in (teacher, former, accounts.juror(year.school), accounts.UserFactory()):
        named = name_tutor(ref=student.ref, email=user.email, reason="Ok.", actor=office, now=NOW)
        assert named.tutor == user


def test_who_loses_a_role_and_still_heads_a_department_stays_in(year, office):
    user = accounts.juror(year.school)
    name_head(slug=year.slug, email=user.email, department="2IA", actor=office, now=NOW)
    revoke_role(
        user_id=user.pk,
        school_id=year.school_id,
        role=Role.JUROR,
        actor=accounts.administrator(),
        now=NOW,
    )
    user.refresh_from_db()
    assert (user.is_staff, works_as(user)) == (True, {"department_head"})


def test_the_office_of_the_school_alone(year, student):
    one = {"actor": accounts.direction(year.school), "now": NOW}
    for act in (
        lambda: invite_students(slug=year.slug, **one),
        lambda: withdraw_student(ref=student.ref, reason="", **one),
        lambda: reopen_student(ref=student.ref, **one),
        lambda: name_tutor(ref=student.ref, email="", **one),
        lambda: name_head(slug=year.slug, email="", department="2IA", **one),
        lambda: remove_head(slug=year.slug, head_id=1, **one),
    ):
        with pytest.raises(NotAllowedError):
            act()
