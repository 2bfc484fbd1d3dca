"""Who may handle offers: for each contract the office that looks after it. A company has a link."""

from collections.abc import Mapping

from accounts.enums import Role
from accounts.models import School, User
from accounts.permissions import has_role
from common.rules import ALLOWED, Verdict, refused
from companies.models import JobOffer
from companies.states import OfferAudience

OFFICES: Mapping[OfferAudience, Role] = {
    OfferAudience.CONTRAT_PRO: Role.CONTRACT_SERVICE,
    OfferAudience.APPRENTICESHIP: Role.COMPANY_OFFICE,
}


def can_offer(user: User, school: School, audience: OfferAudience) -> Verdict:
    """Invite companies to make offers to those students, or post them."""
    return ALLOWED if has_role(user, school, OFFICES[audience]) else refused("not_office_of_offer")


def can_handle_offer(user: User, offer: JobOffer) -> Verdict:
    return can_offer(user, offer.school, offer.audience)
