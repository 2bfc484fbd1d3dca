"""What views of a contract begin with: the student, for whom they exist."""

from django.http import Http404

from accounts.models import User
from contratpro.contracts.selectors import contract_of
from contratpro.models import EmploymentContract, StudentFile
from contratpro.students.permissions import can_handle
from contratpro.students.selectors import student_by_ref


def office_student_or_404(user: User, ref: str) -> StudentFile:
    """A student of a year that the person handles: nobody else of the school sees what a contract says."""
    student = student_by_ref(ref)
    if student is None or not can_handle(user, student.year):
        raise Http404
    return student


def begun_or_404(student: StudentFile) -> EmploymentContract:
    contract = contract_of(student)
    if contract is None:
        raise Http404
    return contract
