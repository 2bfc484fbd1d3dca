"""The accounts: those of the roles, which one can use, and those of the population, which nobody can."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import create_account, grant_role
from config.demonstration.accounts import (
    ACCOUNTS,
    CLERK,
    HEAD,
    JUROR,
    OFFICE,
    PASSWORD,
    PLATFORM_ADMIN,
    PRESIDENT,
    STAFF,
)
from config.demonstration.people import Someone
from config.rehearsal.cast import Cast

COLLEAGUES = ("claire.benoist@example.org", "paul.arnal@example.org")  # of the juror; nobody signs in as them


def make_staff(school: School, now: datetime) -> dict[str, User]:
    """The members of staff by address, each with a role."""
    administrator = User.objects.create_superuser(PLATFORM_ADMIN)
    staff = {PLATFORM_ADMIN: administrator}
    for email, role in STAFF.items():
        staff[email] = create_account(email=email, language="fr", actor=administrator, now=now)
        grant_role(user_id=staff[email].pk, school_id=school.pk, role=role, actor=administrator, now=now)
    prove_addresses(list(staff.values()))
    return staff


def cast_of(staff: dict[str, User], school: School, now: datetime) -> Cast:
    """Who plays what in the sessions that are further on."""
    administrator = staff[PLATFORM_ADMIN]
    colleagues = [create_account(email=email, language="fr", actor=administrator, now=now) for email in COLLEAGUES]
    for user in colleagues:
        grant_role(user_id=user.pk, school_id=school.pk, role=Role.JUROR, actor=administrator, now=now)
    return Cast(
        administrator=administrator,
        clerks=(staff[CLERK],),
        jurors=(staff[JUROR], *colleagues),
        president=staff[PRESIDENT],
        head=staff[HEAD],
        office=staff[OFFICE],
    )


def make_candidates(people: Sequence[Someone]) -> dict[str, User]:
    users = {who.email: User.objects.create_user(who.email, language=who.language) for who in people}
    prove_addresses(list(users.values()))
    return users


def open_accounts() -> None:
    """Give the accounts of the roles their password: one costly hash for all."""
    emails = [account.email for account in ACCOUNTS]
    User.objects.filter(email__in=emails).update(password=make_password(PASSWORD))


def prove_addresses(users: Sequence[User]) -> None:
    """As if each had typed the code that a message gave."""
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
