"""Who reads invoices: the contrat pro office, which makes them, and the direction of the school."""

from accounts.models import User
from accounts.permissions import has_role
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import ContractYear
from contratpro.students.permissions import READERS


def can_read_invoices(user: User, year: ContractYear) -> Verdict:
    """Heads and tutors have no part in them."""
    if has_role(user, year.school, *READERS):
        return ALLOWED
    return refused("not_contract_service")
