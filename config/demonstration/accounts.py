"""The accounts that anyone may use in the demonstration: one per role, one password."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from config.demonstration.people import LINA, MATHIS

PASSWORD = "demonstration"  # noqa: S105 -- told to whoever opens the sign-in page
CLERK, JUROR = "odile.fabre@example.org", "marc.ollivier@example.org"
SCHOOL_ADMIN, PLATFORM_ADMIN = "nadia.kermadec@example.org", "victor.sauvage@example.org"
STAFF = {CLERK: Role.CLERK, JUROR: Role.JUROR, SCHOOL_ADMIN: Role.SCHOOL_ADMIN}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    role: str | Promise


ACCOUNTS = (
    DemoAccount(LINA.email, _("Candidate with an application to finish")),
    DemoAccount(MATHIS.email, _("Candidate whose application is submitted")),
    DemoAccount(CLERK, _("Central service, which checks the applications")),
    DemoAccount(JUROR, _("Member of the recruitment jury")),
    DemoAccount(SCHOOL_ADMIN, _("School administrator")),
    DemoAccount(PLATFORM_ADMIN, _("Platform administrator")),
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """What the sign-in page offers: nothing outside the demonstration."""
    return ACCOUNTS if settings.DEMO else ()
