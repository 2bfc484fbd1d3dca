"""Who may, on a student's file: the student, the contrat pro office, a head in their department, a named tutor."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import has_role
from accounts.selectors import schools_of
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import ContractYear, DepartmentHead, StudentFile
from contratpro.vocabulary import Party

READERS = (Role.CONTRACT_SERVICE, Role.DIRECTION)


def can_handle(user: User, year: ContractYear) -> Verdict:
    """The contrat pro office of the year's school."""
    if has_role(user, year.school, Role.CONTRACT_SERVICE):
        return ALLOWED
    return refused("not_contract_service")


def can_oversee(user: User, year: ContractYear) -> Verdict:
    """The whole of a year: the contrat pro office, and the direction of the school."""
    if has_role(user, year.school, *READERS):
        return ALLOWED
    return refused("not_contract_service")


def said_of_reader(user: User, year: ContractYear) -> dict[str, bool]:
    """What the pages of a year ask of who reads them: whether they handle it, or oversee it."""
    may_handle = bool(can_handle(user, year))
    return {"may_handle": may_handle, "oversees": may_handle or bool(can_oversee(user, year))}


def can_act_as_student(user: User, student: StudentFile) -> Verdict:
    if user.is_active and student.user_id is not None and student.user_id == user.pk:
        return ALLOWED
    return refused("not_this_student")


def can_agree(user: User, student: StudentFile) -> Verdict:
    """The head of the student's department, or of their option."""
    if user.is_active and heads_of(student).filter(user=user).exists():
        return ALLOWED
    return refused("not_department_head")


def can_say(user: User, student: StudentFile, by: Party) -> Verdict:
    """Whether a condition holds: the contrat pro office says any, a head what heads have to say."""
    if can_handle(user, student.year):
        return ALLOWED
    if by is Party.DEPARTMENT_HEAD:
        return can_agree(user, student)
    return refused("not_contract_service")


def can_name_tutor(user: User, student: StudentFile) -> Verdict:
    """A head of the student's, whose part it is, or the contrat pro office for them (P25 §5.4)."""
    return ALLOWED if can_handle(user, student.year) else can_agree(user, student)


def heads_of(student: StudentFile) -> QuerySet[DepartmentHead]:
    return DepartmentHead.objects.filter(
        Q(option="") | Q(option=student.option),
        year_id=student.year_id,
        department=student.department,
    )


def head_users(student: StudentFile) -> QuerySet[User]:
    """Each head of the student once, even one who heads both the department and the option."""
    return User.objects.filter(is_active=True, pk__in=heads_of(student).values("user")).order_by(
        "pk"
    )


def readable_years(user: User) -> QuerySet[ContractYear]:
    """The years of which somebody works with students: all of a school, or those of a department or a tutor's."""
    return ContractYear.objects.filter(
        Q(school__in=schools_of(user, *READERS))
        | Exists(DepartmentHead.objects.filter(year=OuterRef("pk"), user=user))
        | Exists(StudentFile.objects.filter(year=OuterRef("pk"), tutor=user))
    )


def readable_students(user: User, year: ContractYear) -> QuerySet[StudentFile]:
    """The students of a year whom somebody works with; for anyone else they do not exist."""
    students = StudentFile.objects.filter(year=year)
    if has_role(user, year.school, *READERS):
        return students
    headed = DepartmentHead.objects.filter(
        Q(option="") | Q(option=OuterRef("option")),
        year=year,
        user=user,
        department=OuterRef("department"),
    )
    return students.filter(Exists(headed) | Q(tutor=user))
