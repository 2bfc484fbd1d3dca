"""Who admits a candidate."""

from accounts.enums import Role
from accounts.models import User
from admissions.models import Candidacy
from apprenticeship.places.permissions import works_with
from common.rules import Verdict


def can_admit(user: User, candidacy: Candidacy) -> Verdict:
    return works_with(user, candidacy, Role.COMPANY_OFFICE, Role.SCHOOL_ADMIN)
