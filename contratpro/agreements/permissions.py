"""Who may, on a training agreement: the office prepares and sends it, student and office hand it in, who signs it."""

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import has_role
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import ContractYear, StudentFile
from contratpro.students.permissions import can_act_as_student, can_handle


def can_hand_in(user: User, student: StudentFile) -> Verdict:
    """The student, or the contrat pro office with the paper in its hands."""
    return ALLOWED if can_handle(user, student.year) else can_act_as_student(user, student)


def can_sign_for_school(user: User, year: ContractYear) -> Verdict:
    """The direction, or the contrat pro office which had it sign on paper."""
    if has_role(user, year.school, Role.CONTRACT_SERVICE, Role.DIRECTION):
        return ALLOWED
    return refused("not_contract_service")


def can_read_as_social_service(user: User, year: ContractYear) -> Verdict:
    if has_role(user, year.school, Role.SOCIAL_SERVICE):
        return ALLOWED
    return refused("not_social_service")
