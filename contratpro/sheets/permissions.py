"""Who may, on a contact sheet: its student and the contrat pro office; the heads answer. Those outside have links."""

from accounts.models import User
from common.rules import ALLOWED, Verdict
from contratpro.models import StudentFile
from contratpro.students.permissions import can_act_as_student, can_handle


def can_invite(user: User, student: StudentFile) -> Verdict:
    """A company or a home school: the student, or the contrat pro office for them."""
    return ALLOWED if can_handle(user, student.year) else can_act_as_student(user, student)
