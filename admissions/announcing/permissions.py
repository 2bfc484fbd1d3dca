"""Who says that an announced decision was wrong, and who confirms it."""

from accounts.models import RoleGrant, User
from admissions.jury.selectors.candidacies import in_conflict, is_presided_by
from admissions.models import Candidacy
from campaigns.calendar.permissions import ARMING
from common.rules import ALLOWED, Verdict, refused


def can_rectify(user: User, candidacy: Candidacy) -> Verdict:
    """Say that an announced decision was wrong: who presides over the jury of its programme, without a conflict."""
    if in_conflict(user, candidacy.application_id) or not is_presided_by(user, candidacy):
        return refused("not_president_of_this_jury")
    return ALLOWED


def can_confirm_rectification(user: User, candidacy: Candidacy) -> Verdict:
    """Whoever may confirm an announcement: at the organiser, or at the programme's school; without a conflict."""
    schools = (candidacy.application.campaign.organiser_id, candidacy.programme.school_id)
    grants = RoleGrant.objects.filter(user=user, school__in=schools, role__in=ARMING)
    if in_conflict(user, candidacy.application_id) or not grants.exists():
        return refused("not_your_school")
    return ALLOWED
