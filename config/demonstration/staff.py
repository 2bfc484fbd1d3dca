"""The accounts: those of the roles, which one can use, and those of the population, which nobody can."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import School, User
from accounts.services import create_account, grant_role
from config.demonstration.accounts import ACCOUNTS, PASSWORD, PLATFORM_ADMIN, STAFF
from config.demonstration.people import Someone


def make_staff(school: School, now: datetime) -> dict[str, User]:
    """The members of staff by address, each with a role."""
    administrator = User.objects.create_superuser(PLATFORM_ADMIN)
    staff = {PLATFORM_ADMIN: administrator}
    for email, role in STAFF.items():
        staff[email] = create_account(email=email, language="fr", actor=administrator, now=now)
        grant_role(user_id=staff[email].pk, school_id=school.pk, role=role, actor=administrator, now=now)
    _prove_addresses(list(staff.values()))
    return staff


def make_candidates(people: Sequence[Someone]) -> dict[str, User]:
    users = {who.email: User.objects.create_user(who.email, language=who.language) for who in people}
    _prove_addresses(list(users.values()))
    return users


def open_accounts() -> None:
    """Give the accounts of the roles their password: one costly hash for all."""
    emails = [account.email for account in ACCOUNTS]
    User.objects.filter(email__in=emails).update(password=make_password(PASSWORD))


def _prove_addresses(users: list[User]) -> None:
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
