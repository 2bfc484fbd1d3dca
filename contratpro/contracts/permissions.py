"""Who may, on an employment contract: its student and the contrat pro office. The company has a link."""

from accounts.models import User
from common.rules import ALLOWED, Verdict
from companies.employment.rules.form import FormPart
from contratpro.models import StudentFile
from contratpro.students.permissions import can_act_as_student, can_handle

OFFICE_TYPES = (FormPart.EMPLOYER, FormPart.EMPLOYEE)


def can_invite_to_contract(user: User, student: StudentFile) -> Verdict:
    """The student, or the contrat pro office for them."""
    return ALLOWED if can_handle(user, student.year) else can_act_as_student(user, student)


def parts_of(user: User, student: StudentFile) -> tuple[FormPart, ...]:
    """What somebody signed in types: the office all that is typed, the student what is said of them."""
    if can_handle(user, student.year):
        return OFFICE_TYPES
    return (FormPart.EMPLOYEE,) if can_act_as_student(user, student) else ()
