"""Who may, on a final project: the head organises its defence, the school tutor follows it, the office for either."""

from accounts.models import User
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import StudentFile
from contratpro.steps.permissions import is_tutor
from contratpro.students.permissions import can_agree, can_handle


def can_organise(user: User, student: StudentFile) -> Verdict:
    """The head of the department or of the option."""
    return ALLOWED if can_handle(user, student.year) else can_agree(user, student)


def can_follow_pfe(user: User, student: StudentFile) -> Verdict:
    """The school tutor, who follows the final project as co-tutor."""
    if can_handle(user, student.year) or is_tutor(user, student):
        return ALLOWED
    return refused("not_school_tutor")


def can_approve(user: User, student: StudentFile) -> Verdict:
    """The sheet: nobody but the school tutor."""
    return ALLOWED if is_tutor(user, student) else refused("not_school_tutor")
