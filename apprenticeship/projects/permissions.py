"""Who invites an employer, who reads a job project, who judges it. `is_superuser` opens nothing."""

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import has_role
from admissions.dossier.permissions import can_act
from admissions.models import Candidacy
from admissions.places.permissions import READERS, works_with
from common.rules import ALLOWED, Verdict, refused


def can_invite(user: User, candidacy: Candidacy) -> Verdict:
    """Invite an employer, send a new link, abandon: the candidate, or the company office for them."""
    if can_act(user, candidacy.application):
        return ALLOWED
    return (
        ALLOWED if works_with(user, candidacy, Role.COMPANY_OFFICE) else refused("not_your_project")
    )


def can_see_project(user: User, candidacy: Candidacy) -> Verdict:
    return ALLOWED if works_with(user, candidacy, *READERS) else refused("not_your_project")


def can_decide_project(user: User, candidacy: Candidacy) -> Verdict:
    """Judge the job: the pedagogical head of the school of the programme (R-JOB-2)."""
    is_head = has_role(user, candidacy.programme.school, Role.PROGRAMME_HEAD)
    return ALLOWED if is_head else refused("not_your_project")
