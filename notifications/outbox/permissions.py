"""Who may see and handle what leaves. `is_superuser` opens no message."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import can_administer_platform, has_role
from common.rules import ALLOWED, Verdict, refused
from notifications.mails import kinds_to
from notifications.models import Notification
from notifications.states import Audience

HANDLERS = (Role.CLERK, Role.SCHOOL_ADMIN)
HANDLERS_OF_STUDENTS = (Role.CONTRACT_SERVICE,)


def can_handle_message(user: User, message: Notification) -> Verdict:
    """Read a message and decide on it: whoever handles the mails to those people at the school it leaves from."""
    handlers = HANDLERS_OF_STUDENTS if message.kind in kinds_to(Audience.STUDENT) else HANDLERS
    school = message.school
    return ALLOWED if school and has_role(user, school, *handlers) else refused("not_your_message")


@dataclass(frozen=True, slots=True)
class OutboxDesk:
    """The schools whose mails somebody handles: those to students of the contrat pro, and all others."""

    students: frozenset[int]
    others: frozenset[int]

    @property
    def schools(self) -> frozenset[int]:
        return self.students | self.others

    def messages(self) -> QuerySet[Notification]:
        to_students = kinds_to(Audience.STUDENT)
        return Notification.objects.filter(
            Q(school__in=self.others) & ~Q(kind__in=to_students)
            | Q(school__in=self.students, kind__in=to_students)
        )


def desk_of(user: User) -> OutboxDesk:
    grants = list(user.grants.values_list("school_id", "role"))
    return OutboxDesk(
        students=frozenset(school for school, role in grants if role in HANDLERS_OF_STUDENTS),
        others=frozenset(school for school, role in grants if role in HANDLERS),
    )


def can_see_health(user: User) -> Verdict:
    """How many messages are in which state, whatever their school: counts and nothing else."""
    return can_administer_platform(user)
