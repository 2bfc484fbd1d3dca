"""What views of a contract begin with: the student, for whom they exist."""

from django.http import Http404

from contratpro.contracts.selectors import contract_of
from contratpro.models import EmploymentContract, StudentFile


def begun_or_404(student: StudentFile) -> EmploymentContract:
    contract = contract_of(student)
    if contract is None:
        raise Http404
    return contract
