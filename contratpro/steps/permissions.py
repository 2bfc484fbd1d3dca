"""Who may say that a step is done, and who marks it."""

from collections.abc import Iterable

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import has_role
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import StudentFile
from contratpro.students.permissions import can_act_as_student, can_agree, can_handle
from contratpro.vocabulary import Party

OUTSIDE = frozenset({Party.COMPANY, Party.COMPANY_TUTOR, Party.HOME_SCHOOL})


def can_declare(user: User, student: StudentFile, who: Iterable[Party]) -> Verdict:
    """The contracts office any step; student, head, school tutor and direction those in which they act."""
    if can_handle(user, student.year) or _acts(user, student, frozenset(who)):
        return ALLOWED
    return refused("not_an_actor_of_this_step")


def can_declare_by_link(who: Iterable[Party]) -> Verdict:
    """Whoever holds a link signs in nowhere: it is given to those outside the school alone."""
    if OUTSIDE.isdisjoint(who):
        return refused("not_an_actor_of_this_step")
    return ALLOWED


def _acts(user: User, student: StudentFile, who: frozenset[Party]) -> bool:
    as_student = Party.STUDENT in who and can_act_as_student(user, student)
    as_head = Party.DEPARTMENT_HEAD in who and can_agree(user, student)
    as_tutor = Party.SCHOOL_TUTOR in who and is_tutor(user, student)
    as_direction = Party.DIRECTION in who and has_role(user, student.year.school, Role.DIRECTION)
    return bool(as_student or as_head or as_tutor or as_direction)


def is_tutor(user: User, student: StudentFile) -> bool:
    return user.is_active and student.tutor_id is not None and student.tutor_id == user.pk
