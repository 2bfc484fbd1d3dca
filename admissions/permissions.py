"""Who may do what with a dossier (docs/domain-model.md, section 5). `is_superuser` opens nothing."""

from collections.abc import Callable

from django.db.models import Q

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Application, Candidacy, Document
from admissions.models.sealed import Decision
from admissions.rules.moves import ApplicationState
from admissions.selectors.sealed.benches import in_conflict, is_judged_by, is_presided_by
from campaigns.calendar.permissions import ARMING
from campaigns.models import Assessment
from common.rules.refusals import ALLOWED, Verdict, refused

Reader = Callable[[User, Candidacy], Verdict]
_readers: dict[str, Reader] = {}
SCHEDULING = (Role.CLERK, Role.PRESIDENT)


def can_act(user: User, application: Application) -> Verdict:
    """Write in a dossier: whoever it belongs to, nobody else."""
    return ALLOWED if application.person.user_id == user.pk else refused("not_your_dossier")


def can_read(user: User, application: Application) -> Verdict:
    """Whoever it belongs to, and the central service of a school that it concerns."""
    return can_act(user, application) or can_handle(user, application)


def can_consult(user: User, application: Application) -> Verdict:
    """Read what was submitted, with its fees: also an administrator of a school that it concerns."""
    may_read = can_read(user, application)
    if may_read or application.state == ApplicationState.DRAFT.value:
        return may_read
    concerned = Q(school=application.campaign.organiser_id) | Q(
        school__programmes__candidacies__application=application
    )
    administers = RoleGrant.objects.filter(concerned, user=user, role=Role.SCHOOL_ADMIN).exists()
    return ALLOWED if administers else may_read


def can_handle(user: User, application: Application) -> Verdict:
    """Do the central service's work: clerks of the organiser, or of a school applied to."""
    concerned = Q(school=application.campaign.organiser_id) | Q(
        school__programmes__candidacies__application=application
    )
    clerk = RoleGrant.objects.filter(concerned, user=user, role=Role.CLERK).exists()
    return ALLOWED if clerk else refused("not_your_school")


def can_schedule(user: User, candidacy: Candidacy) -> Verdict:
    """Set when and where a test is held: clerks and presidents of the organiser, or of the programme's school."""
    schools = (candidacy.application.campaign.organiser_id, candidacy.programme.school_id)
    grants = RoleGrant.objects.filter(user=user, school__in=schools, role__in=SCHEDULING)
    return ALLOWED if grants.exists() else refused("not_your_school")


def can_open_slots(user: User, assessment: Assessment) -> Verdict:
    """Offer hours or days of a test: clerks and presidents of the organiser, or of a school that selects by it."""
    selection = assessment.stage.selection
    concerned = Q(school=selection.campaign.organiser_id) | Q(school__programmes__selection=selection)
    grants = RoleGrant.objects.filter(concerned, user=user, role__in=SCHEDULING)
    return ALLOWED if grants.exists() else refused("not_your_school")


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


def register_reader(name: str, reader: Reader) -> None:
    """Let whoever `reader(user, candidacy)` allows open the pieces behind that candidacy."""
    _readers[name] = reader


def can_read_file(user: User, document: Document) -> Verdict:
    """Open a piece: also whom a registered reader allows for a candidacy, but for the pieces of the others."""
    may_read = can_consult(user, document.application)
    if may_read:
        return may_read
    candidacies = list(document.application.candidacies.select_related("programme", "application__campaign"))
    about = [row for row in candidacies if row.ref == document.subject_key] or candidacies
    concerned = any(reader(user, row) for row in about for reader in _readers.values())
    return ALLOWED if concerned else may_read
