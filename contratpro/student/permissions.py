"""Whose file it is: the account that it is linked with, or one that proved the address to which it was sent."""

from allauth.account.models import EmailAddress

from accounts.models import User
from common.rules import ALLOWED, Verdict, refused
from contratpro.models import StudentFile


def proved_addresses(user: User) -> frozenset[str]:
    """In small letters."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    return frozenset(email.lower() for email in proved.values_list("email", flat=True))


def can_claim(user: User, student: StudentFile) -> Verdict:
    """A file that no account has yet is that of whoever proved its address."""
    is_free = user.is_active and student.user_id is None
    if is_free and student.email.lower() in proved_addresses(user):
        return ALLOWED
    return refused("not_this_student")
