"""Students are invited, withdrawn, taken up again; a tutor of the school is named, and heads of departments."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.selectors import comes_for_own_file
from accounts.services import settle_staff
from common.journal import Stamp, note
from common.moves import move, move_all
from common.refusals import DomainError, require
from contratpro.models import ContractYear, DepartmentHead, StudentFile
from contratpro.states import StudentAction, StudentState
from contratpro.students.mails import tell_invitations, tell_tutor
from contratpro.students.permissions import can_name_tutor
from contratpro.students.selectors import cohort_words
from contratpro.students.services.locking import (
    lock_handled_student,
    lock_handled_year,
    lock_student,
    refuse_if_withdrawn,
)


def invite_students(
    *, slug: str, refs: Collection[str] | None = None, actor: User, now: datetime
) -> int:
    """Invite those of the year, or of these, who were not yet. Returns how many they are; each is invited once."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        listed = (
            year.students.select_for_update(of=("self",))
            .select_related("year", "user")
            .filter(state=StudentState.LISTED)
        )
        rows = list(listed if refs is None else listed.filter(ref__in=refs))
        move_all(rows, StudentAction.INVITE, Stamp.of(actor, now), invited_at=now)
        tell_invitations(rows, now)
        return len(rows)


def withdraw_student(*, ref: str, reason: str, actor: User, now: datetime) -> StudentFile:
    with transaction.atomic():
        student = lock_handled_student(ref, actor)
        if student.state is not StudentState.WITHDRAWN:
            refuse_if_withdrawn(student)
            stamp = Stamp.of(actor, now)
            move(student, StudentAction.WITHDRAW, stamp, reason=reason.strip())
        return student


def reopen_student(*, ref: str, actor: User, now: datetime) -> StudentFile:
    """Take a withdrawn file up again, where it was once the student had confirmed who they are."""
    with transaction.atomic():
        student = lock_handled_student(ref, actor)
        if student.state is StudentState.WITHDRAWN:
            move(student, StudentAction.REOPEN, Stamp.of(actor, now), reason="")
        return student


def name_tutor(
    *, ref: str, email: str, reason: str = "", actor: User, now: datetime
) -> StudentFile:
    """Name the tutor of the school by the address of their account; nobody, for an empty address.

    Whoever puts another in the place of one who was named says why. All those concerned are told.
    """
    with transaction.atomic():
        student = lock_student(ref)
        require(can_name_tutor(actor, student))
        refuse_if_withdrawn(student)
        before, tutor = student.tutor, _account(email) if email else None
        if tutor == before:
            return student
        if before and not reason.strip():
            raise DomainError.of("tutor_changed_without_reason")
        if tutor:
            _refuse_as_tutor(tutor, student)
        student.tutor = tutor
        student.save(update_fields=["tutor"])
        data = {"tutor": tutor.pk if tutor else None, "before": before.pk if before else None}
        note(student, "name_tutor", Stamp.of(actor, now, reason.strip(), **data))
        for user in (before, tutor):
            if user:
                settle_staff(user)
        tell_tutor(student, before, now)
        return student


def _refuse_as_tutor(user: User, student: StudentFile) -> None:
    """A tutor reads the file: nobody whose own account leads to a file of theirs, unless they work for a school."""
    if user.pk == student.user_id:
        raise DomainError.of("tutor_is_student")
    if comes_for_own_file(user):
        raise DomainError.of("tutor_is_no_colleague", email=user.email)


def name_head(
    *, slug: str, email: str, department: str, option: str = "", actor: User, now: datetime
) -> DepartmentHead:
    """Name who heads a department, or one of its options, by the address of their account."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        _refuse_unknown(year, department, option, now)
        head, created = DepartmentHead.objects.get_or_create(
            year=year, user=_account(email), department=department, option=option
        )
        if created:
            note(head, "name_head", _of_head(head, actor, now))
            settle_staff(head.user)
        return head


def remove_head(*, slug: str, head_id: int, actor: User, now: datetime) -> None:
    """Somebody no longer heads it. What they said of conditions stays."""
    with transaction.atomic():
        year = lock_handled_year(slug, actor)
        head = year.heads.select_related("user").filter(pk=head_id).first()
        if head is None:
            return
        note(head, "remove_head", _of_head(head, actor, now))
        head.delete()
        settle_staff(head.user)


def _of_head(head: DepartmentHead, actor: User, now: datetime) -> Stamp:
    heads = {"department": head.department, "option": head.option}
    return Stamp.of(actor, now, user=head.user_id, heads=heads)


def _account(email: str) -> User:
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise DomainError.of("no_account_at_address", email=email.strip())
    return user


def _refuse_unknown(year: ContractYear, department: str, option: str, now: datetime) -> None:
    words = cohort_words(year, now)
    if department not in words.departments.values():
        raise DomainError.of("no_such_department", department=department)
    if option and option not in words.options[department].values():
        raise DomainError.of("no_such_option", option=option, department=department)
