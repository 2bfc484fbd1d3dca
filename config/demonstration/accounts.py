"""The accounts that anyone may use in the demonstration: one per role, one password."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from config.demonstration.people import ELISE, HADRIEN, LINA, MATHIS

PASSWORD = "demonstration"  # noqa: S105 -- told to whoever opens the sign-in page
CLERK, JUROR = "odile.fabre@example.org", "marc.ollivier@example.org"
SCHOOL_ADMIN, PLATFORM_ADMIN = "nadia.kermadec@example.org", "victor.sauvage@example.org"
PRESIDENT, HEAD = "helene.vasseur@example.org", "gerard.lacombe@example.org"
OFFICE = "sandrine.pujol@example.org"
STAFF = {
    CLERK: Role.CLERK,
    JUROR: Role.JUROR,
    PRESIDENT: Role.PRESIDENT,
    HEAD: Role.PROGRAMME_HEAD,
    OFFICE: Role.COMPANY_OFFICE,
    SCHOOL_ADMIN: Role.SCHOOL_ADMIN,
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    role: str | Promise


ACCOUNTS = (
    DemoAccount(LINA.email, _("Candidate with an application to finish")),
    DemoAccount(MATHIS.email, _("Candidate whose application is submitted")),
    DemoAccount(HADRIEN.email, _("Candidate who waits for results")),
    DemoAccount(ELISE.email, _("Candidate selected, who looks for a company")),
    DemoAccount(CLERK, _("Central service, which checks the applications")),
    DemoAccount(JUROR, _("Member of the recruitment jury")),
    DemoAccount(PRESIDENT, _("President of the jury")),
    DemoAccount(HEAD, _("Pedagogical head, who judges the job projects")),
    DemoAccount(OFFICE, _("Company office, which follows seats and contracts")),
    DemoAccount(SCHOOL_ADMIN, _("School administrator")),
    DemoAccount(PLATFORM_ADMIN, _("Platform administrator")),
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """What the sign-in page offers: nothing outside the demonstration."""
    return ACCOUNTS if settings.DEMO else ()
