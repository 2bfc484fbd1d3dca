"""The accounts: those of the roles, which anyone may use, and those of the population, which nobody can."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import create_account, grant_role
from demonstration.cohort import APOLLINE
from demonstration.former_cohort import JOHANNA
from rehearsal.accounts import prove_addresses
from rehearsal.campaign.season import Cast
from rehearsal.people.someone import ELISE, HADRIEN, LINA, MATHIS

PASSWORD = "demonstration"  # noqa: S105 -- told to whoever opens the sign-in page
CLERK, JUROR = "odile.fabre@example.org", "marc.ollivier@example.org"
SCHOOL_ADMIN, PLATFORM_ADMIN = "nadia.kermadec@example.org", "victor.sauvage@example.org"
PRESIDENT, HEAD = "helene.vasseur@example.org", "gerard.lacombe@example.org"
OFFICE = "sandrine.pujol@example.org"
CONTRACT_SERVICE, DIRECTION = "isabelle.roman@example.org", "etienne.darmon@example.org"
SOCIAL_SERVICE = "lucie.bonnafous@example.org"
DEPARTMENT_HEAD, TUTOR = "vincent.carrel@example.org", "myriam.jourdan@example.org"
STAFF = {
    CLERK: Role.CLERK,
    JUROR: Role.JUROR,
    PRESIDENT: Role.PRESIDENT,
    HEAD: Role.PROGRAMME_HEAD,
    OFFICE: Role.COMPANY_OFFICE,
    SCHOOL_ADMIN: Role.SCHOOL_ADMIN,
    CONTRACT_SERVICE: Role.CONTRACT_SERVICE,
    DIRECTION: Role.DIRECTION,
    SOCIAL_SERVICE: Role.SOCIAL_SERVICE,
}
HEADS = {
    "2IA": DEPARTMENT_HEAD,
    "2ER": "florence.delmas@example.org",
    "ECOMAP": "bruno.teissier@example.org",
    "GCBD": "anne-lise.roche@example.org",
    "PRISM": "karim.haddad@example.org",
    "ISERM": "pascale.vidal@example.org",
}  # by department; nobody signs in as them, but for the first
OTHER_TUTOR = "sylvain.bonnal@example.org"  # nobody signs in as him
NAMED = (*HEADS.values(), TUTOR, OTHER_TUTOR)  # without a role: named in a year of contrat pro


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
    DemoAccount(APOLLINE.email, _("Student who prepares a contrat pro")),
    DemoAccount(JOHANNA.email, _("Student who ends a contrat pro, and defends her final project")),
    DemoAccount(CONTRACT_SERVICE, _("Contrat pro office, which follows the students’ steps")),
    DemoAccount(DEPARTMENT_HEAD, _("Head of a department, who approves contact sheets")),
    DemoAccount(TUTOR, _("School tutor of students in contrat pro, who teaches them")),
    DemoAccount(DIRECTION, _("Direction of the school, which reads the contrats pro")),
    DemoAccount(SOCIAL_SERVICE, _("Social service, which receives contracts and agreements")),
    DemoAccount(SCHOOL_ADMIN, _("School administrator")),
    DemoAccount(PLATFORM_ADMIN, _("Platform administrator")),
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """What the sign-in page offers: nothing outside the demonstration."""
    return ACCOUNTS if settings.DEMO else ()


COLLEAGUES = (
    "claire.benoist@example.org",
    "paul.arnal@example.org",
)  # of the juror; nobody signs in as them


def make_staff(school: School, now: datetime) -> dict[str, User]:
    """The members of staff by address, each with a role or to be named."""
    administrator = User.objects.create_superuser(PLATFORM_ADMIN)
    staff = {PLATFORM_ADMIN: administrator}
    for email, role in STAFF.items():
        staff[email] = create_account(email=email, language="fr", actor=administrator, now=now)
        grant_role(
            user_id=staff[email].pk, school_id=school.pk, role=role, actor=administrator, now=now
        )
    for email in NAMED:
        staff[email] = create_account(email=email, language="fr", actor=administrator, now=now)
    prove_addresses(list(staff.values()))
    return staff


def cast_of(staff: dict[str, User], school: School, now: datetime) -> Cast:
    """Who plays what in the sessions that are further on."""
    administrator = staff[PLATFORM_ADMIN]
    colleagues = [
        create_account(email=email, language="fr", actor=administrator, now=now)
        for email in COLLEAGUES
    ]
    for user in colleagues:
        grant_role(
            user_id=user.pk, school_id=school.pk, role=Role.JUROR, actor=administrator, now=now
        )
    return Cast(
        administrator=administrator,
        clerks=(staff[CLERK],),
        jurors=(staff[JUROR], *colleagues),
        president=staff[PRESIDENT],
        head=staff[HEAD],
        office=staff[OFFICE],
        admissions=staff[SCHOOL_ADMIN],
    )


def open_accounts() -> None:
    """Give the accounts of the roles their password: one costly hash for all."""
    emails = [account.email for account in ACCOUNTS]
    User.objects.filter(email__in=emails).update(password=make_password(PASSWORD))
