"""Who may do what with a dossier (docs/domain-model.md, section 5). `is_superuser` opens nothing."""

from collections.abc import Callable

from django.db.models import Q

from accounts.enums import Role
from accounts.models import RoleGrant, User
from admissions.models import Application, Candidacy, Document
from admissions.states import ApplicationState
from common.rules import ALLOWED, Verdict, refused

Reader = Callable[[User, Candidacy], Verdict]
_readers: dict[str, Reader] = {}


def can_act(user: User, application: Application) -> Verdict:
    """Write in a dossier: whoever it belongs to; until they claim it, the central service that entered it for them."""
    return is_own(user, application) or _may_type(user, application)


def is_own(user: User, application: Application) -> Verdict:
    """What nobody does for somebody else."""
    owner = application.person.user_id
    return ALLOWED if owner and owner == user.pk else refused("not_your_dossier")


def _may_type(user: User, application: Application) -> Verdict:
    clerks = RoleGrant.objects.filter(school=application.entered_by_id, role=Role.CLERK)
    types = application.is_unclaimed and clerks.filter(user=user).exists()
    return ALLOWED if types else refused("not_your_dossier")


def can_read(user: User, application: Application) -> Verdict:
    """Whoever it belongs to, and the central service of a school that it concerns."""
    return can_act(user, application) or can_handle(user, application)


def can_consult(user: User, application: Application) -> Verdict:
    """Read what was submitted, with its fees: also an administrator of a school that it concerns."""
    may_read = can_read(user, application)
    if may_read or application.state == ApplicationState.DRAFT:
        return may_read
    concerned = Q(school=application.campaign.organiser_id) | Q(
        school__programmes__candidacies__application=application
    )
    administers = RoleGrant.objects.filter(concerned, user=user, role=Role.SCHOOL_ADMIN).exists()
    return ALLOWED if administers else may_read


def can_handle(user: User, application: Application) -> Verdict:
    """Do the central service's work: clerks of the organiser or of a school applied to; of that which types it."""
    concerned = Q(school=application.campaign.organiser_id) | Q(
        school__programmes__candidacies__application=application
    )
    if application.is_unclaimed:
        concerned |= Q(school=application.entered_by_id)
    clerk = RoleGrant.objects.filter(concerned, user=user, role=Role.CLERK).exists()
    return ALLOWED if clerk else refused("not_your_school")


def register_reader(name: str, reader: Reader) -> None:
    """Let whoever `reader(user, candidacy)` allows open the pieces behind that candidacy."""
    _readers[name] = reader


def can_read_file(user: User, document: Document) -> Verdict:
    """Open a piece: also whom a registered reader allows for a candidacy, but for the pieces of the others."""
    may_read = can_consult(user, document.application)
    if may_read:
        return may_read
    candidacies = list(
        document.application.candidacies.select_related("programme", "application__campaign")
    )
    about = [row for row in candidacies if row.ref == document.subject_key] or candidacies
    concerned = any(reader(user, row) for row in about for reader in _readers.values())
    return ALLOWED if concerned else may_read
