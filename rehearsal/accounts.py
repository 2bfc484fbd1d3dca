"""The accounts with which people come, as if each had opened theirs."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress

from accounts.models import User
from rehearsal.people.someone import Someone
from rehearsal.year.students import CohortStudent


def make_accounts(people: Sequence[Someone | CohortStudent]) -> dict[str, User]:
    """By address; students come with an account of theirs, as candidates do."""
    users = {
        who.email: User.objects.create_user(who.email, language=who.language) for who in people
    }
    prove_addresses(list(users.values()))
    return users


def prove_addresses(users: Sequence[User]) -> None:
    """As if each had typed the code that a message gave."""
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
