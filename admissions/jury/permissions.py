"""Who studies a candidacy and decides on it. `is_superuser` opens nothing."""

from accounts.models import User
from admissions.jury.selectors.candidacies import is_judged_by, is_presided_by
from admissions.models import Candidacy
from admissions.models.sealed import Decision
from common.rules import ALLOWED, Verdict, refused


def can_judge(user: User, candidacy: Candidacy) -> Verdict:
    """Study a candidacy at its stage, decide on it, mark it: those it is assigned to, and who presides over them."""
    return ALLOWED if is_judged_by(user, candidacy) else refused("not_your_candidacy")


def can_preside(user: User, candidacy: Candidacy) -> Verdict:
    """See all marks and notes, undo what any juror decided."""
    return can_judge(user, candidacy) and (
        ALLOWED if is_presided_by(user, candidacy) else refused("not_president_of_this_jury")
    )


def can_undo(user: User, decision: Decision) -> Verdict:
    """Take back what is still sealed: whoever acted on it last, and the president."""
    if decision.by_id == user.pk:
        return can_judge(user, decision.candidacy)
    return can_preside(user, decision.candidacy)
