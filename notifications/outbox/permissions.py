"""Who may see and handle what leaves. `is_superuser` opens no message."""

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import can_administer_platform, has_role
from common.rules import ALLOWED, Verdict, refused
from notifications.models import Notification

HANDLERS = (Role.CLERK, Role.SCHOOL_ADMIN)


def can_handle_message(user: User, message: Notification) -> Verdict:
    """Read a message and decide on it: the central service and the administrators of the school it leaves from."""
    school = message.school
    return ALLOWED if school and has_role(user, school, *HANDLERS) else refused("not_your_message")


def can_see_health(user: User) -> Verdict:
    """How many messages are in which state, whatever their school: counts and nothing else."""
    return can_administer_platform(user)
