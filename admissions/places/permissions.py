"""Who may do what with places and contracts (docs/domain-model.md, section 5). `is_superuser` opens nothing."""

from accounts.enums import Role
from accounts.models import RoleGrant, User
from accounts.permissions import has_role
from admissions.models import ACCEPTED, Candidacy
from campaigns.models import Campaign, Programme
from common.rules import ALLOWED, Verdict, refused

READERS = (Role.COMPANY_OFFICE, Role.PROGRAMME_HEAD, Role.SCHOOL_ADMIN)
FOLLOWING = (Role.PROGRAMME_HEAD, Role.COMPANY_OFFICE)


def can_follow(user: User, candidacy: Candidacy) -> Verdict:
    """Read the pieces behind a candidacy that was selected: who judges its job project or keeps its place."""
    follows = candidacy.state in ACCEPTED and works_with(user, candidacy, *FOLLOWING)
    return ALLOWED if follows else refused("not_your_candidacy")


def can_see_seat(user: User, candidacy: Candidacy) -> Verdict:
    return works_with(user, candidacy, *READERS)


def can_manage_seat(user: User, candidacy: Candidacy) -> Verdict:
    """Give a seat back, and follow the contract: the company office's work."""
    return works_with(user, candidacy, Role.COMPANY_OFFICE)


def can_admit(user: User, candidacy: Candidacy) -> Verdict:
    return works_with(user, candidacy, Role.COMPANY_OFFICE, Role.SCHOOL_ADMIN)


def can_set_capacity(user: User, campaign: Campaign) -> Verdict:
    """Change what the notice says of places: an administrator of the school that organises."""
    return (
        ALLOWED
        if has_role(user, campaign.organiser, Role.SCHOOL_ADMIN)
        else refused("not_your_seats")
    )


def can_draw_list(user: User, programme: Programme) -> Verdict:
    """Draw up the supplementary list: the company office, or an administrator (R-JOB-6)."""
    return _followed_by(user, programme.campaign, programme, Role.COMPANY_OFFICE, Role.SCHOOL_ADMIN)


def can_see_list(user: User, programme: Programme) -> Verdict:
    return _followed_by(user, programme.campaign, programme, *READERS)


def works_with(user: User, candidacy: Candidacy, *roles: Role) -> Verdict:
    return _followed_by(user, candidacy.application.campaign, candidacy.programme, *roles)


def _followed_by(user: User, campaign: Campaign, programme: Programme, *roles: Role) -> Verdict:
    """Those of the organiser, or of the school that the programme belongs to."""
    schools = {campaign.organiser_id, programme.school_id}
    held = RoleGrant.objects.filter(user=user, role__in=roles, school__in=schools).exists()
    return ALLOWED if held else refused("not_your_seats")
