"""Who reads invoices: the contrat pro office, which makes them, and the direction of the school."""

from accounts.models import User
from common.rules import Verdict
from contratpro.models import ContractYear
from contratpro.students.permissions import can_oversee


def can_read_invoices(user: User, year: ContractYear) -> Verdict:
    """Heads and tutors have no part in them."""
    return can_oversee(user, year)
