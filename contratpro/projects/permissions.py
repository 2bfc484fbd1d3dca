"""Who may, on a company project: the school tutor follows and marks it, the contrat pro office publishes its mark."""

from accounts.models import User
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import StudentFile
from contratpro.steps.permissions import is_tutor
from contratpro.students.permissions import can_handle


def can_follow(user: User, student: StudentFile) -> Verdict:
    """Ask the company tutor, ask for a correction, pass the papers on: the school tutor, or the office for them."""
    return ALLOWED if can_handle(user, student.year) else can_mark(user, student)


def can_mark(user: User, student: StudentFile) -> Verdict:
    """The report: nobody but the school tutor."""
    return ALLOWED if is_tutor(user, student) else refused("not_school_tutor")
