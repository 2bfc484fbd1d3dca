"""Those who work for the campaign in a rehearsal: invented, each with the role that the act needs."""

from dataclasses import dataclass
from datetime import datetime

from accounts.enums import Role
from accounts.models import School, User
from accounts.services import create_account, grant_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    clerks: tuple[User, ...]
    jurors: tuple[User, ...]
    president: User
    head: User
    office: User


def engage(school: School, now: datetime) -> Cast:
    """Accounts for all roles, by the services."""
    administrator = User.objects.create_superuser("administration@example.org")

    def hire(name: str, role: Role) -> User:
        user = create_account(email=f"{name}@example.org", language="fr", actor=administrator, now=now)
        grant_role(user_id=user.pk, school_id=school.pk, role=role, actor=administrator, now=now)
        return User.objects.get(pk=user.pk)

    return Cast(
        clerks=tuple(hire(f"guichet.{number}", Role.CLERK) for number in (1, 2)),
        jurors=tuple(hire(f"jury.{number}", Role.JUROR) for number in (1, 2, 3, 4)),
        president=hire("presidence", Role.PRESIDENT),
        head=hire("pedagogie", Role.PROGRAMME_HEAD),
        office=hire("entreprises", Role.COMPANY_OFFICE),
    )
