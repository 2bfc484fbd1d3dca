"""Who may, on incidents and absences: what is of health is for the contrat pro office and the student alone."""

from accounts.models import User
from common.rules import ALLOWED, Verdict
from contratpro.models import StudentFile
from contratpro.students.permissions import can_act_as_student, can_handle


def can_report(user: User, student: StudentFile) -> Verdict:
    """The student, or the office for them; the same read all that was said, with its documents."""
    return ALLOWED if can_handle(user, student.year) else can_act_as_student(user, student)
